package backoffice.openapi;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * A CDI extension that lets Quarkus prepare the OpenAPI document at the first request for it. At the start, the
 * preparation would take a fifth of the time to the first response (docs/adr/0020).
 *
 * <p>It uses an internal class of Quarkus, because 3.33 has no setting for this; the issue is quarkusio/quarkus#54826.
 * Quarkus 3.38 does it by itself (#55538): remove this package and its file in {@code META-INF/services} then. If Quarkus
 * renames {@code prepareDocument} before, only the start gets slower.
 */
public class LazyDocument implements BuildCompatibleExtension {

    @Enhancement(types = OpenApiDocumentService.class)
    public void bindInterceptor(ClassConfig service) {
        service.addAnnotation(Delayed.class);
    }

    @InterceptorBinding
    @Retention(RUNTIME)
    @Target(TYPE)
    public @interface Delayed {}

    /** In dev mode and tests, the class loader of the service does not see the classes of the application. */
    @IfBuildProfile("prod")
    @Interceptor
    @Delayed
    @Priority(Interceptor.Priority.APPLICATION)
    public static class Delay {

        private InvocationContext delayed;

        @AroundInvoke
        synchronized Object around(InvocationContext call) throws Exception {
            if (call.getMethod().getName().equals("prepareDocument")) {
                delayed = call;
                return null;
            }
            if (delayed != null) {
                delayed.proceed();
                delayed = null;
            }
            return call.proceed();
        }
    }
}
