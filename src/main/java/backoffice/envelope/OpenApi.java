package backoffice.envelope;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** What the calls have in common in the OpenAPI document. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "customer-groups",
                        version = "1.0",
                        description =
                                "The back-office API for the customer groups of a software vendor. Every answer is an"
                                        + " envelope: `status` 0 with `data`, or another `status` with `msg`."),
        security = @SecurityRequirement(name = "bitkey"),
        components =
                @Components(
                        securitySchemes =
                                @SecurityScheme(
                                        securitySchemeName = "bitkey",
                                        type = SecuritySchemeType.APIKEY,
                                        in = SecuritySchemeIn.HEADER,
                                        apiKeyName = "bitkey"),
                        parameters = {
                            @Parameter(
                                    name = "offset",
                                    in = ParameterIn.QUERY,
                                    description = "Index of the first item",
                                    schema =
                                            @Schema(
                                                    type = SchemaType.INTEGER,
                                                    format = "int32",
                                                    minimum = "0",
                                                    defaultValue = "0")),
                            @Parameter(
                                    name = "limit",
                                    in = ParameterIn.QUERY,
                                    description = "Number of items",
                                    schema =
                                            @Schema(
                                                    type = SchemaType.INTEGER,
                                                    format = "int32",
                                                    minimum = "1",
                                                    maximum = "1000",
                                                    defaultValue = "50"))
                        }))
public class OpenApi extends Application {}
