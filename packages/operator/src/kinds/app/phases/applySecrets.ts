import {
  coreKinds,
  ignoreNotFound,
  ignoreAlreadyExists,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import type { Caches, AppInstance } from '../../../cache';
import { secretsAnnotation, systemNamespace } from '../../../names';
import type { Placement } from '../../../placement';
import {
  desiredSecretCopy,
  desiredServiceAccount,
  secretCopyName,
  secretsOf,
} from '../desired';
import { throwPending, type Workload } from '../workload';

/**
 * Applies the account of an app and copies the Secrets of its connections. The copies are recorded
 * on the account, as the operator may not read Secrets in environments.
 *
 * @throws ObstacleError when the account was just created, or a Secret changes concurrently
 */
export async function applySecrets(
  { applier, caches, client, hub }: Placement,
  workload: Workload,
  signal: AbortSignal,
): Promise<void> {
  const made = secretCopiesOf(caches, workload);
  await applier.apply([desiredServiceAccount(workload, made)], signal);
  const missing = secretsOf(workload).filter(
    ({ secret }) => !made.includes(secret.copy),
  );
  if (missing.length === 0) return;
  const account = accountOf(caches, workload)!;
  const secrets = client.resource(coreKinds.secrets);
  for (const { name, secret } of missing) {
    const found = await hub
      .resource(coreKinds.secrets)
      .get(secret.source, { namespace: systemNamespace, signal })
      .catch(ignoreNotFound);
    // The account or the Secret has changed; its watch triggers another reconciliation.
    if (
      !found ||
      secretCopyName(workload.app, name, account, found) !== secret.copy
    )
      throwPending(`Copying the secret of connection ${name}.`);
    await secrets
      .create(desiredSecretCopy(workload, secret.copy, found.data, account), {
        signal,
      })
      .catch(ignoreAlreadyExists);
  }
  const all = [...made, ...missing.map(({ secret }) => secret.copy)];
  await applier.apply([desiredServiceAccount(workload, all)], signal);
}

/** Deletes replaced copies of Secrets that no pod uses. */
export async function pruneSecrets(
  placement: Placement,
  workload: Workload,
  inUse: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<void> {
  const wanted = secretsOf(workload).map(({ secret }) => secret.copy);
  const kept = secretCopiesOf(placement.caches, workload).filter(
    name => wanted.includes(name) || inUse.has(name),
  );
  await pruneSecretCopies(placement, workload, kept, signal);
}

/** Deletes the copies of Secrets that are not kept. */
export async function pruneSecretCopies(
  { applier, caches, client }: Placement,
  instance: AppInstance,
  kept: string[],
  signal: AbortSignal,
): Promise<void> {
  const surplus = secretCopiesOf(caches, instance).filter(
    one => !kept.includes(one),
  );
  if (surplus.length === 0) return;
  const { namespace } = instance;
  for (const name of surplus)
    await client
      .resource(coreKinds.secrets)
      .delete(name, { namespace, signal })
      .catch(ignoreNotFound);
  await applier.apply([desiredServiceAccount(instance, kept)], signal);
}

/** Returns the names of the Secrets that were copied for an app. */
export function secretCopiesOf(
  caches: Caches,
  instance: AppInstance,
): string[] {
  const { annotations } = accountOf(caches, instance)?.metadata ?? {};
  const names = annotations?.[secretsAnnotation];
  return names ? names.split(',') : [];
}

function accountOf(
  { children }: Caches,
  { app, namespace }: AppInstance,
): KubeObject | undefined {
  return children.ServiceAccount.get(app, namespace);
}
