# Leaves out of a bill of materials what only the build uses. Quarkus lists it too, without a scope that scanners know.
[.components[] | select(any(.properties[]?; .name == "quarkus:component:scope" and .value != "runtime")) | ."bom-ref"]
  as $build
| .components |= map(select(."bom-ref" | IN($build[]) | not))
| .dependencies |= map(select(.ref | IN($build[]) | not) | .dependsOn = [.dependsOn[]? | select(IN($build[]) | not)])
