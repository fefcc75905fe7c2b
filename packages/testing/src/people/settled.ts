import {
  coreKinds,
  isNotFound,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  environmentNamespace,
  homeNamespace,
  labels,
  tenantKind,
  type App,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Returns why a tenant is not ready or its apps do not run the wanted code; `undefined` otherwise. */
export async function unsettled(
  client: KubeClient,
  name: string,
): Promise<string | undefined> {
  const tenant = await client.resource<Tenant>(tenantKind).get(name);
  const { status, metadata } = tenant;
  if (
    status?.phase !== 'Ready' ||
    status.observedGeneration !== metadata.generation
  )
    return `The tenant ${name} is ${status?.phase}`;
  const apps = await client
    .resource<App>(appKind)
    .list({ namespace: homeNamespace(name) });
  for (const app of apps) {
    const why = await unsettledApp(client, name, app);
    if (why) return `${name}/${app.metadata.name}: ${why}`;
  }
  return miscounted(client, tenant);
}

/**
 * Whether the quotas of a tenant count other pods than there are. Kubernetes corrects them with its next count of all
 * pods, after which the operator rightly writes the status of the tenant once more.
 */
export async function behindPods(
  client: KubeClient,
  name: string,
): Promise<string | undefined> {
  const { status } = await client.resource<Tenant>(tenantKind).get(name);
  for (const { namespace } of status?.environments ?? []) {
    const [quota, pods] = await Promise.all([
      client.resource(coreKinds.resourceQuotas).get('bailiwick', { namespace }),
      client.resource(coreKinds.pods).list({ namespace }),
    ]);
    const there = pods.filter(
      pod => !['Succeeded', 'Failed'].includes(pod.status?.phase ?? ''),
    );
    const counted = Number(quota.status?.used?.pods);
    if (counted !== there.length)
      return `The quota of ${namespace} counts ${counted} of ${there.length} pods`;
  }
  return undefined;
}

/** Returns the remaining objects of a tenant; `undefined` if there are none. */
export async function isGone(
  client: KubeClient,
  name: string,
): Promise<boolean> {
  try {
    await client.resource<Tenant>(tenantKind).get(name);
    return false;
  } catch (error) {
    if (isNotFound(error)) return true;
    throw error;
  }
}

async function unsettledApp(
  client: KubeClient,
  tenant: string,
  { metadata, spec, status }: App,
): Promise<string | undefined> {
  if (metadata.deletionTimestamp) return 'is being deleted';
  if (status?.observedGeneration !== metadata.generation) return 'not seen yet';
  for (const { name, replicas } of spec.environments) {
    const state = status?.environments?.find(one => one.name === name);
    if (state?.health !== 'Healthy') return `${state?.why}`;
    if (!state.contract) return 'was not asked what it takes and gives';
    const deployment = await client
      .resource(coreKinds.deployments)
      .get(metadata.name, { namespace: environmentNamespace(tenant, name) });
    const template = deployment.spec?.template as {
      metadata: { labels: Record<string, string> };
    };
    const commit = template.metadata.labels[labels.commit];
    if (commit !== spec.source.revision) return `runs ${commit}`;
    if (state.revision !== commit) return `says to run ${state.revision}`;
    const { min = 1, max = min } = replicas ?? {};
    const count = deployment.spec?.replicas ?? 0;
    if (min === max && count !== min) return `has ${count} replicas`;
    if (state.pods?.ready !== count)
      return `counts ${state.pods?.ready} of ${count} pods`;
  }
  return undefined;
}

/**
 * Whether the status of a tenant counts other pods than its quota. Kubernetes' quota controller may itself be behind
 * after simultaneous creations and deletions, until the next deletion.
 */
async function miscounted(
  client: KubeClient,
  { metadata, status }: Tenant,
): Promise<string | undefined> {
  const quotas = client.resource(coreKinds.resourceQuotas);
  for (const { namespace, used } of status?.environments ?? []) {
    const quota = await quotas.get('bailiwick', { namespace });
    const counted = Number(quota.status?.used?.pods);
    if (used?.pods !== counted)
      return `${metadata.name} counts ${used?.pods} of ${counted} pods in ${namespace}`;
  }
  return undefined;
}
