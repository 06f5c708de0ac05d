package backoffice.openapi;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** The service that prepares the document, by {@link LazyDocumentInterceptor}, when somebody asks for it. */
@InterceptorBinding
@Retention(RUNTIME)
@Target(TYPE)
public @interface LazyDocument {}
