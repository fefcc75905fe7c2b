import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { createHash } from 'node:crypto';
import { origin } from './origin';

/** Longest name of an entity. */
const longest = 63;

/** Namespaces of entities that come from packs or the platform. */
export const resourceNamespaces = {
  cluster: 'clusters',
  connection: 'connections',
  dataset: 'datasets',
} as const;

type ResourceKind = keyof typeof resourceNamespaces;

/** Name of an entity; parts have no dots, so that no two have the same. */
function nameOf(parts: string[]): string {
  const name = parts.join('.');
  if (name.length <= longest) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, longest - digest.length - 1)}.${digest}`;
}

/** Reference of a Resource, such as `resource:datasets/market.stocks`. */
export function resourceRef(kind: ResourceKind, ...parts: string[]): string {
  return stringifyEntityRef({
    kind: 'resource',
    namespace: resourceNamespaces[kind],
    name: nameOf(parts),
  });
}

/** A Resource on which apps depend. */
export function resource(
  kind: ResourceKind,
  parts: string[],
  { metadata, spec }: Pick<Entity, 'metadata' | 'spec'>,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      ...metadata,
      name: nameOf(parts),
      namespace: resourceNamespaces[kind],
      annotations: {
        ...origin(kind, parts.join('/')),
        ...metadata.annotations,
      },
    },
    spec,
  };
}
