package backoffice.k8s;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Tests of rendered manifests. They are skipped on a machine that has neither kustomize nor kubectl, unless the variable
 * {@code REQUIRE_KUSTOMIZE} is true, as in CI: then they fail.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "backoffice.k8s.Kustomize#isExpected",
        disabledReason = "neither kustomize nor kubectl is on the PATH, so the manifests under k8s/ cannot be rendered")
@interface NeedsKustomize {}
