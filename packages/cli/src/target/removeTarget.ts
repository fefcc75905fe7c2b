import {
  coreKinds,
  ignoreNotFound,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  clusterKind,
  tenantKind,
  type Cluster,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { CommandError } from '../CommandError';
import { accountName, programs, systemNamespace } from './accounts';

/**
 * Disconnects a cluster. Its objects remain.
 *
 * @param options - `force`: even if it has environments
 * @throws CommandError when there is no such target, or it has environments
 */
export async function removeTarget(
  hub: KubeClient,
  name: string,
  { force = false }: { force?: boolean },
): Promise<void> {
  const clusters = hub.resource<Cluster>(clusterKind);
  const found = (await clusters.list()).find(
    ({ metadata }) => metadata.name === name,
  );
  const secret = found?.spec.credentials?.secret;
  if (secret === undefined)
    throw new CommandError(
      found
        ? `${name} is Bailiwick's own cluster.`
        : `Cluster ${name} was not found.`,
      'bailiwick target list shows all clusters.',
    );
  const places = await environmentsOn(hub, name);
  if (places.length > 0 && !force)
    throw new CommandError(
      `Cluster ${name} has environments: ${places.join(', ')}.`,
      'Remove them from their tenants first, or use --force if the cluster no longer exists; objects there are not deleted.',
    );
  await clusters.delete(name);
  for (const { secrets: namespace } of programs)
    await hub
      .resource(coreKinds.secrets)
      .delete(secret, { namespace })
      .catch(ignoreNotFound);
}

/** Deletes the accounts of the hub on a cluster, so that another hub can use it. */
export async function cleanTarget(target: KubeClient): Promise<void> {
  const at = { namespace: systemNamespace };
  for (const program of programs) {
    const name = accountName(program);
    // Its token is deleted with it.
    await target
      .resource(coreKinds.serviceAccounts)
      .delete(name, at)
      .catch(ignoreNotFound);
    await target
      .resource(coreKinds.clusterRoleBindings)
      .delete(`bailiwick:${name}`)
      .catch(ignoreNotFound);
  }
  await target
    .resource(coreKinds.namespaces)
    .patch(systemNamespace, {
      metadata: { annotations: { [annotations.hub]: null } },
    })
    .catch(ignoreNotFound);
}

/** `tenant/environment` of everything that is on a cluster. */
export async function environmentsOn(
  hub: KubeClient,
  cluster: string,
): Promise<string[]> {
  const tenants = await hub.resource<Tenant>(tenantKind).list();
  return tenants.flatMap(({ metadata, spec }) =>
    spec.environments
      .filter(environment => environment.cluster === cluster)
      .map(({ name }) => `${metadata.name}/${name}`),
  );
}
