package backoffice.openapi;

import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/**
 * Puts the preparation of the document off until it is asked for: it would be a fifth of the time to the first answer.
 * Quarkus does so itself from 3.38 on (quarkusio/quarkus#55538); then this, its binding and its extension can go.
 * Only what is packaged has the application's classes where Quarkus' own can see them.
 */
@IfBuildProfile("prod")
@Interceptor
@LazyDocument
@Priority(Interceptor.Priority.APPLICATION)
public class LazyDocumentInterceptor {

    private InvocationContext preparation;

    @AroundInvoke
    Object around(InvocationContext call) throws Exception {
        if (call.getMethod().getName().equals("prepareDocument")) {
            preparation = call;
            return null;
        }
        prepare();
        return call.proceed();
    }

    private synchronized void prepare() throws Exception {
        if (preparation != null) {
            preparation.proceed();
            preparation = null;
        }
    }
}
