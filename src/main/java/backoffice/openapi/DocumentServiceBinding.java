package backoffice.openapi;

import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;

/**
 * A CDI extension that binds {@link LazyDocumentInterceptor} to the OpenAPI service of Quarkus while the application is
 * built, so that the service prepares the document at the first request and not at the start. See docs/adr/0020.
 *
 * <p>This class uses an internal class of Quarkus, {@link OpenApiDocumentService}, because Quarkus has no
 * setting that puts the preparation off. The upstream issue is quarkusio/quarkus#54826, solved by
 * quarkusio/quarkus#55538 in Quarkus 3.38.
 *
 * <p>From Quarkus 3.38 on, remove this class, its service file
 * {@code META-INF/services/jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension},
 * and {@link LazyDocumentInterceptor}. If Quarkus moves the service before, this class no longer
 * compiles. If Quarkus renames its method {@code prepareDocument}, the document is prepared at the start again. Without
 * these classes, only the start gets slower.
 */
public class DocumentServiceBinding implements BuildCompatibleExtension {

    /** Adds the interceptor binding to the service. The CDI container calls it at build time. */
    @Enhancement(types = OpenApiDocumentService.class)
    public void bind(ClassConfig service) {
        service.addAnnotation(LazyDocumentInterceptor.Binding.class);
    }
}
