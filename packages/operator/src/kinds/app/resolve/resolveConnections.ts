import type { Secret } from '@bailiwick/backstage-kube-controller';
import type { Connection } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  chooseBucket,
  chooseConnection,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Caches, AppInstance } from '../../../cache';
import { connectionLabel, systemNamespace } from '../../../names';
import { secretCopyName } from '../desired';
import {
  throwFailed,
  type ConnectionInUse,
  type ResultsBucket,
} from '../workload';

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
  return findConnections(caches, instance, pack, names).map(found =>
    inUse(caches, instance, found, requireSecret(caches, found)),
  );
}

/**
 * Returns all connections of a pack that exist for an environment and whose Secret exists, and the bucket for results.
 *
 * @param bucket - name of the connection to the bucket, if the app has one
 */
export function openConnections(
  caches: Caches,
  instance: AppInstance,
  pack: string,
  bucket?: string,
): ConnectionInUse[] {
  const known = caches.connections.index('pack', pack);
  const names = known.map(({ spec }) => spec.name);
  const results = bucket
    ? chooseBucket(caches.connections.list(), bucket, instance).connection
    : undefined;
  return [
    ...findConnections(caches, instance, pack, names),
    ...(results ? [results] : []),
  ].flatMap(found => {
    const secret = secretOf(caches, found);
    const isOpen = !found.spec.secret || secret;
    return isOpen ? [inUse(caches, instance, found, secret)] : [];
  });
}

/**
 * Resolves the bucket for the results of an app.
 *
 * @param name - name of the connection in the app
 * @param uid - UID of the app: another app of its name must not read its results
 * @throws ObstacleError when the app may not use it, or its Secret does not exist
 */
export function resolveBucket(
  caches: Caches,
  instance: AppInstance,
  name: string,
  uid: string,
): ResultsBucket {
  const choice = chooseBucket(caches.connections.list(), name, instance);
  if (!choice.connection) throwFailed(choice.why, choice.next);
  const { connection } = choice;
  const { bucket, pathStyle, prefix, region } = connection.spec.s3;
  const { app, environment, tenant } = instance;
  const folders = [tenant, environment, app, uid];
  return {
    ...inUse(caches, instance, connection, requireSecret(caches, connection)),
    bucket,
    region,
    pathStyle,
    prefix: [...(prefix ? [prefix] : []), ...folders].join('/'),
  };
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

/** @throws ObstacleError when the Secret of a connection does not exist */
function requireSecret(
  caches: Caches,
  connection: Connection,
): Secret | undefined {
  const secret = secretOf(caches, connection);
  const { metadata, spec } = connection;
  if (spec.secret && !secret)
    throwFailed(
      `Secret ${systemNamespace}/${spec.secret} of connection ${metadata.name} does not exist or lacks the label ${connectionLabel}=true.`,
      'Ask the platform team to create or label it.',
    );
  return secret;
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
