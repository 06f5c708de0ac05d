package backoffice.openapi;

import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;

/** While the application is built, binds {@link LazyDocumentInterceptor} to Quarkus' own service. */
public class DocumentServiceBinding implements BuildCompatibleExtension {

    @Enhancement(types = OpenApiDocumentService.class)
    public void bind(ClassConfig service) {
        service.addAnnotation(LazyDocument.class);
    }
}
