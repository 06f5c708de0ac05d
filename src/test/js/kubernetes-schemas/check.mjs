// Checks Kubernetes objects, a JSON array on the standard input, against the OpenAPI schemas of their kinds. Prints one line
// for each object that does not match.
import {readFileSync} from 'node:fs';

const packages = {
  'argoproj.io': '@kubernetes-models/argo-cd',
  'external-secrets.io': '@kubernetes-models/external-secrets',
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api',
  'kustomize.toolkit.fluxcd.io': '@kubernetes-models/flux-cd',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
  'postgresql.cnpg.io': '@kubernetes-models/cloudnative-pg',
  'serving.knative.dev': '@kubernetes-models/knative',
  'source.toolkit.fluxcd.io': '@kubernetes-models/flux-cd',
};

for (const object of JSON.parse(readFileSync(0, 'utf8'))) {
  const {apiVersion, kind, metadata} = object;
  if (apiVersion.startsWith('traefik.io/')) {
    continue; // No package has its schemas.
  }
  const kinds = await import(`${packages[apiVersion.split('/')[0]] ?? 'kubernetes-models'}/${apiVersion}`);
  try {
    new kinds[kind](object).validate();
  } catch (failure) {
    console.log(`${apiVersion} ${kind} ${metadata?.name}: ${failure.message}`);
  }
}
