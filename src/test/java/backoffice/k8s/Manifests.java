package backoffice.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The rendered manifests of an overlay. */
record Manifests(List<HasMetadata> all) {

    private static final Path OVERLAYS = Path.of("k8s", "overlays");
    private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

    /** The names of all overlays. */
    static List<String> overlays() {
        try (Stream<Path> directories = Files.list(OVERLAYS)) {
            return directories.map(d -> d.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Manifests of(String overlay) {
        return RENDERED.computeIfAbsent(overlay, Manifests::render);
    }

    private static Manifests render(String overlay) {
        try {
            return new Manifests(StrictParser.parse(Kustomize.build(OVERLAYS.resolve(overlay))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An overlay with one more component, which is a folder under k8s. */
    static Manifests with(Path scratch, String overlay, String component) throws IOException {
        Path k8s = scratch.toRealPath().relativize(Path.of("k8s").toRealPath());
        Files.writeString(scratch.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources:
                  - %1$s/overlays/%2$s
                components:
                  - %1$s/%3$s
                """.formatted(k8s, overlay, component));
        return new Manifests(StrictParser.parse(Kustomize.build(scratch)));
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends HasMetadata> T only(Class<T> type) {
        List<T> found = all(type);
        assertEquals(1, found.size(), () -> "manifests of kind " + type.getSimpleName());
        return found.get(0);
    }

    <T extends HasMetadata> Optional<T> named(Class<T> type, String name) {
        return all(type).stream()
                .filter(manifest -> manifest.getMetadata().getName().equals(name))
                .findFirst();
    }

    List<PodTemplate> pods() {
        return all.stream().flatMap(PodTemplate::of).toList();
    }

    /** The pods of the API. */
    PodTemplate api() {
        return pods().stream()
                .filter(pod -> "api".equals(pod.labels().get("app.kubernetes.io/component")))
                .findFirst()
                .orElseThrow();
    }
}
