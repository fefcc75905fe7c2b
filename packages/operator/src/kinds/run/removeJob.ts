import type { Job } from '@bailiwick/backstage-kube-controller';
import { orNothing } from '../../ignoreNotFound';
import type { RunScope } from './RunContext';

/** Deletes a Job with its pods, if it is still the same one and not going already. */
export async function removeJob(
  { scope: { caches }, signal }: Pick<RunScope, 'scope' | 'signal'>,
  { metadata }: Job,
): Promise<void> {
  const { deletionTimestamp, name, namespace, uid } = metadata;
  if (deletionTimestamp) return;
  await caches.jobs.resource
    .delete(name, { namespace, uid, signal })
    .catch(orNothing);
}
