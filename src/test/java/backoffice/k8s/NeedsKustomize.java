package backoffice.k8s;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Marks tests of rendered manifests. Without kustomize and kubectl they are skipped, or fail if the environment
 * variable {@code REQUIRE_KUSTOMIZE} is true, as in CI.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "backoffice.k8s.Manifests#isExpected",
        disabledReason = "neither kustomize nor kubectl is on the PATH, so the manifests under k8s/ cannot be rendered")
@interface NeedsKustomize {}
