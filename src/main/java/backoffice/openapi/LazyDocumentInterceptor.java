package backoffice.openapi;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * An interceptor that delays the preparation of the OpenAPI document until the first request for it. At the start, the
 * preparation would take a fifth of the time to the first response. {@link DocumentServiceBinding} says when to remove
 * this class.
 *
 * <p>It works in the packaged application alone. In dev mode and tests, the class loader of Quarkus does not see the
 * classes of the application.
 */
@IfBuildProfile("prod")
@Interceptor
@LazyDocumentInterceptor.Binding
@Priority(Interceptor.Priority.APPLICATION)
public class LazyDocumentInterceptor {

    /** {@link DocumentServiceBinding} adds it to the service. */
    @InterceptorBinding
    @Retention(RUNTIME)
    @Target(TYPE)
    public @interface Binding {}

    private InvocationContext delayedPreparation;

    @AroundInvoke
    Object around(InvocationContext call) throws Exception {
        if (call.getMethod().getName().equals("prepareDocument")) {
            delayedPreparation = call;
            return null;
        }
        prepareOnce();
        return call.proceed();
    }

    private synchronized void prepareOnce() throws Exception {
        if (delayedPreparation != null) {
            delayedPreparation.proceed();
            delayedPreparation = null;
        }
    }
}
