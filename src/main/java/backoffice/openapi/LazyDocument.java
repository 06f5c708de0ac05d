package backoffice.openapi;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * The interceptor binding of {@link LazyDocumentInterceptor}. {@link DocumentServiceBinding} adds it to a service,
 * and says when to remove it.
 */
@InterceptorBinding
@Retention(RUNTIME)
@Target(TYPE)
public @interface LazyDocument {}
