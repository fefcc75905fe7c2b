import { createHash } from 'node:crypto';
import type { Tenant } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { AppInstance, Caches } from '../../../cache';
import { supportsUserNamespaces } from '../../../inspection';
import { userAnnotation } from '../../../names';
import { throwFailed, throwPending, type Workload } from '../workload';

/** User of the runtime image, which means nothing outside of a user namespace. */
const mappedUser = 1000;
/** Ids from here on belong to no person of a node, and files of none. */
const firstUser = 1_000_000_000;
const users = 1_000_000_000;

/**
 * Resolves the user ID of the pods of a tenant. Limits that the kernel counts by user, such as inotify instances and
 * pipe buffers, must not be shared with other tenants: each pod has a user namespace where the cluster supports them,
 * and each tenant an ID of its own elsewhere.
 *
 * The ID is a hash of the tenant's UID, so no one can choose it; two of 1,000 tenants share one with a probability of
 * 0.05 %.
 *
 * An app whose volume has files of such a user keeps it after its cluster begins to support user namespaces, in which
 * that user does not exist. In the opposite case, `fsGroup` transfers the files to the new user.
 *
 * @param hasStore - whether the app has a volume
 * @throws ObstacleError when the owner of the files on the volume is unknown
 */
export function resolveUser(
  { claims, clusters, nodes }: Pick<Caches, 'claims' | 'clusters' | 'nodes'>,
  { metadata }: Tenant,
  clusterName: string,
  { app, namespace }: AppInstance,
  hasStore: boolean,
): Workload['user'] {
  // Without its claim, the owner of the files on the volume is unknown.
  if (hasStore && !claims.isSynced)
    throwPending('Loading volume claims from the cluster.');
  const owner = claims.get(app, namespace)?.metadata.annotations?.[
    userAnnotation
  ];
  if (owner) return { id: parseUser(owner, app), isMapped: false };
  const { spec, status } = clusters.get(clusterName) ?? {};
  const isSupported =
    spec?.userNamespaces ??
    supportsUserNamespaces(nodes.list()) ??
    status?.capabilities?.userNamespaces;
  if (isSupported) return { id: mappedUser, isMapped: true };
  const hash = createHash('sha256').update(metadata.uid!).digest();
  return { id: firstUser + (hash.readUInt32BE() % users), isMapped: false };
}

/** Reads the user id that a claim remembers. @throws ObstacleError */
function parseUser(text: string, app: string): number {
  const id = Number(text);
  if (Number.isInteger(id) && id >= firstUser && id < firstUser + users)
    return id;
  return throwFailed(
    `Annotation ${userAnnotation} of volume claim ${app} is "${text}", which is not a valid user id of a tenant.`,
    'Ask the platform team to restore the annotation: this user id owns the files on the volume.',
  );
}
