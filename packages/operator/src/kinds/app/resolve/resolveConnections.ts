import {
  keyOf,
  type KubeObject,
  type Secret,
} from '@bailiwick/backstage-kube-controller';
import type { Connection } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Caches, AppInstance } from '../../../cache';
import { connectionLabel, systemNamespace } from '../../../names';
import { secretCopyName } from '../desired';
import { throwFailed, type ConnectionInUse } from '../workload';

/**
 * Finds the connections of an app that exist for an environment.
 *
 * @throws ObstacleError when the Secret of one does not exist
 */
export function resolveConnections(
  caches: Caches,
  instance: AppInstance,
  pack: string,
  names: string[],
): ConnectionInUse[] {
  return findConnections(caches, instance, pack, names).map(found => {
    const secret = secretOf(caches, found);
    const { metadata, spec } = found;
    if (spec.secret && !secret)
      throwFailed(
        `Secret ${systemNamespace}/${spec.secret} of connection ${metadata.name} does not exist or lacks the label ${connectionLabel}=true.`,
        'Ask the platform team to create or label it.',
      );
    return inUse(caches, instance, found, secret);
  });
}

/** Returns all connections of a pack that exist for an environment and whose Secret exists. */
export function openConnections(
  caches: Caches,
  instance: AppInstance,
  pack: string,
): ConnectionInUse[] {
  const known = caches.connections.index('pack', pack);
  const names = known.map(({ spec }) => spec.name);
  return findConnections(caches, instance, pack, names).flatMap(found => {
    const secret = secretOf(caches, found);
    const isOpen = !found.spec.secret || secret;
    return isOpen ? [inUse(caches, instance, found, secret)] : [];
  });
}

/**
 * Returns the most specific connection for an environment: those that name the tenant win over
 * others, then those that name the environment, then the first by name.
 */
export function chooseConnection(
  connections: Connection[],
  { environment, tenant }: Pick<AppInstance, 'environment' | 'tenant'>,
): Connection | undefined {
  const rank = ({ spec }: Connection) =>
    (spec.tenants ? 0 : 2) + (spec.environments ? 0 : 1);
  const [first] = connections
    .filter(
      ({ metadata, spec }) =>
        !metadata.deletionTimestamp &&
        (spec.tenants?.includes(tenant) ?? true) &&
        (spec.environments?.includes(environment) ?? true),
    )
    .sort((a, b) => rank(a) - rank(b) || byName(a, b));
  return first;
}

function byName(a: KubeObject, b: KubeObject): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

function findConnections(
  caches: Caches,
  instance: AppInstance,
  pack: string,
  names: string[],
): Connection[] {
  return [...new Set(names)].flatMap(name => {
    const known = caches.connections.index('pack', pack);
    const named = known.filter(({ spec }) => spec.name === name);
    return chooseConnection(named, instance) ?? [];
  });
}

function secretOf(
  { systemSecrets }: Caches,
  { spec: { secret } }: Connection,
): Secret | undefined {
  return secret ? systemSecrets.get(secret, systemNamespace) : undefined;
}

function inUse(
  { children }: Caches,
  { app, namespace }: AppInstance,
  { spec }: Connection,
  secret: Secret | undefined,
): ConnectionInUse {
  const { egress, host, name, options, port, tls } = spec;
  const connection = { egress, host, name, options, port, tls };
  if (!secret) return connection;
  const source = secret.metadata.name;
  const account = children.ServiceAccount.get(app, namespace);
  const copy = secretCopyName(app, name, account, secret);
  return { ...connection, secret: { source, copy } };
}
