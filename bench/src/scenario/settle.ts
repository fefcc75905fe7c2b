import {
  coreKinds,
  type KubeClient,
  type ResourceQuota,
} from '@bailiwick/backstage-kube-controller';
import {
  tenantKind,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { tenant } from '@bailiwick/backstage-testing/objects';
import { setTimeout as pause } from 'node:timers/promises';
import { inParallel } from '../inParallel';
import { builderOf } from './builderOf';
import { environments, type Population } from './Population';

/**
 * Creates the tenants and waits until the operator has set up namespaces, access and network rules. Sets the usage of
 * the quotas in place of the quota controller, which does not run.
 */
export async function settleTenants(
  client: KubeClient,
  { tenants }: Population,
  seconds = 1800,
): Promise<void> {
  const resource = client.resource<Tenant>(tenantKind);
  await inParallel(tenants, name =>
    resource.create(
      tenant(name, {
        members: [{ subject: builderOf(name), role: 'builder' }],
        environments: environments.map(environment => ({
          name: environment,
          cluster: 'local',
          protected: false,
        })),
      }),
    ),
  );
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    await countQuotas(client);
    const all = await resource.list();
    if (all.every(({ status }) => status?.phase === 'Ready')) return;
    await pause(1000);
  }
  throw new Error(`The tenants are not ready after ${seconds} s`);
}

/**
 * Deletes all quotas while no controller would restore them. With a quota, the API server writes its usage for each
 * created object, and the benchmark would measure these writes.
 */
export async function removeQuotas(client: KubeClient): Promise<void> {
  const quotas = client.resource<ResourceQuota>(coreKinds.resourceQuotas);
  await inParallel(await quotas.list(), ({ metadata: { name, namespace } }) =>
    quotas.delete(name, { namespace }),
  );
}

async function countQuotas(client: KubeClient): Promise<void> {
  const quotas = client.resource<ResourceQuota>(coreKinds.resourceQuotas);
  const uncounted = (await quotas.list()).filter(({ status }) => !status?.used);
  await inParallel(uncounted, ({ metadata, spec }) => {
    const hard = spec?.hard ?? {};
    const used = Object.fromEntries(Object.keys(hard).map(one => [one, '0']));
    const { name, namespace } = metadata;
    return quotas.patchStatus(name, { hard, used }, { namespace });
  });
}
