import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import type { App } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isDeepStrictEqual } from 'node:util';
import type { AppInstance } from '../../../cache';
import type { Placement } from '../../../placement';
import { desiredEgress, egressName, egressRules, originOf } from '../desired';
import { openConnections } from '../resolve';
import { secretCopiesOf, pruneSecretCopies } from './applySecrets';

/**
 * Revokes egress rules and copies of Secrets that the connections no longer allow. Depends on the
 * connections alone, so that no error in the app keeps access open; new access comes with the
 * workload.
 *
 * @param spec - spec of the app
 */
export async function revokeConnections(
  placement: Placement,
  instance: AppInstance,
  { archetype, results }: App['spec'],
  signal: AbortSignal,
): Promise<void> {
  const { applier, caches } = placement;
  // Before the first sync, a missing Secret does not mean a revoked one.
  if (!caches.systemSecrets.isSynced) return;
  const open = openConnections(
    caches,
    instance,
    archetype.pack,
    results?.connection,
  );
  const policy = policyOf(placement, instance);
  const rules = policy?.spec?.egress ?? [];
  const allowed = egressRules(open);
  const kept = rules.filter(rule =>
    allowed.some(one => isDeepStrictEqual(one, rule)),
  );
  if (policy && kept.length < rules.length) {
    const wanted = desiredEgress(instance, kept);
    await applier.prune([policy], wanted, signal);
    await applier.apply(wanted, signal);
  }
  const origins = open.map(({ secret }) => secret && originOf(secret.copy));
  const copies = secretCopiesOf(caches, instance);
  // Older versions of a Secret are kept until no pod uses them.
  const allowedCopies = copies.filter(copy => origins.includes(originOf(copy)));
  await pruneSecretCopies(placement, instance, allowedCopies, signal);
}

function policyOf({ caches }: Placement, { app, namespace }: AppInstance) {
  const found: KubeObject | undefined = caches.children.NetworkPolicy.get(
    egressName(app),
    namespace,
  );
  return found as
    | (KubeObject & { spec?: { egress?: ReturnType<typeof egressRules> } })
    | undefined;
}
