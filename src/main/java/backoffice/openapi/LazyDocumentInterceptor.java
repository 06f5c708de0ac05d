package backoffice.openapi;

import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

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
@LazyDocument
@Priority(Interceptor.Priority.APPLICATION)
public class LazyDocumentInterceptor {

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
