import type { ResourceType } from '@bailiwick/backstage-kube-controller';

/** A source for Flux whose archives somebody else than Flux makes. */
export const externalArtifactKind: ResourceType = {
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'ExternalArtifact',
  plural: 'externalartifacts',
  scope: 'Namespaced',
};

/** What Flux applies from a source. */
export const kustomizationKind: ResourceType = {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  plural: 'kustomizations',
  scope: 'Namespaced',
};
