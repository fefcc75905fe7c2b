import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import { isDeepStrictEqual } from 'node:util';
import type { AppInstance } from '../../../cache';
import type { Placement } from '../../../placement';
import { desiredEgress, egressName, egressRules, originOf } from '../desired';
import { openConnections } from '../resolve';
import { secretCopiesOf, pruneSecretCopies } from './applySecrets';

/**
 * Takes from an app what its connections do not allow any more: rules that let it out, and copies of
 * Secrets. Looks at the connections alone, so that no mistake in the app keeps them open; what they
 * allow anew comes with the workload.
 *
 * @param pack - pack of the app
 */
export async function revokeConnections(
  placement: Placement,
  place: AppInstance,
  pack: string,
  signal: AbortSignal,
): Promise<void> {
  const { applier, caches } = placement;
  // A Secret that was not read yet is not one that was taken away.
  if (!caches.systemSecrets.isSynced) return;
  const open = openConnections(caches, place, pack);
  const policy = policyOf(placement, place);
  const rules = policy?.spec?.egress ?? [];
  const allowed = egressRules(open);
  const kept = rules.filter(rule =>
    allowed.some(one => isDeepStrictEqual(one, rule)),
  );
  if (policy && kept.length < rules.length) {
    const wanted = desiredEgress(place, kept);
    await applier.prune([policy], wanted, signal);
    await applier.apply(wanted, signal);
  }
  const origins = open.map(({ secret }) => secret && originOf(secret.copy));
  const copies = secretCopiesOf(caches, place);
  // Older versions of a Secret stay until no pod uses them.
  const allowedCopies = copies.filter(copy => origins.includes(originOf(copy)));
  await pruneSecretCopies(placement, place, allowedCopies, signal);
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
