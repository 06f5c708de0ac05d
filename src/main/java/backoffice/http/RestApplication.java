package backoffice.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/**
 * JAX-RS application that serves the API under its base path (docs/api.md, section 1.1). Every answer under this path
 * is an envelope (section 1.3).
 */
@ApplicationPath(RestApplication.BASE_PATH)
public class RestApplication extends Application {

    static final String BASE_PATH = "/bitanswer/api";
}
