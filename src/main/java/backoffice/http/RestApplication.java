package backoffice.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The API and its place (contract, section 1): what is under this path answers with an envelope, always. */
@ApplicationPath(RestApplication.BASE_PATH)
public class RestApplication extends Application {

    static final String BASE_PATH = "/bitanswer/api";
}
