import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  environmentNamespace,
  findCondition,
  homeNamespace,
  tenantKind,
  type App,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Violation } from './oracles';

/** O5: who says to be ready has seen its own newest spec, and has what it needs. */
export async function honestStatus(client: KubeClient): Promise<Violation[]> {
  const tenants = await client.resource<Tenant>(tenantKind).list();
  const apps = await client.resource<App>(appKind).list();
  const namespaces = await client.resource(coreKinds.namespaces).list();
  const deployments = await client.resource(coreKinds.deployments).list();
  const active = new Set(
    namespaces
      .filter(({ metadata }) => !metadata.deletionTimestamp)
      .map(({ metadata }) => metadata.name),
  );
  const running = new Set(
    deployments.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
  );
  const ofTenants = tenants.filter(claims).flatMap(tenant => {
    const { name } = tenant.metadata;
    const wanted = [
      homeNamespace(name),
      ...tenant.spec.environments.map(one =>
        environmentNamespace(name, one.name),
      ),
    ];
    return [
      ...outdated(tenant),
      ...wanted
        .filter(one => !active.has(one))
        .map(one => `O5: Tenant ${name} is ready without ${one}`),
    ];
  });
  const ofApps = apps.filter(claims).flatMap(app => {
    const { name, namespace = '' } = app.metadata;
    const tenant = namespace.replace(/--home$/, '');
    return [
      ...outdated(app),
      ...app.spec.environments
        .map(one => `${environmentNamespace(tenant, one.name)}/${name}`)
        .filter(one => !running.has(one))
        .map(one => `O5: App ${name} is ready without the Deployment ${one}`),
    ];
  });
  return [...ofTenants, ...ofApps];
}

/** Whether an object says that it is ready for its newest spec. */
function claims({ metadata, status }: Tenant | App): boolean {
  return (
    !metadata.deletionTimestamp &&
    findCondition(status, 'Ready')?.status === 'True' &&
    status?.observedGeneration === metadata.generation
  );
}

function outdated({ kind, metadata, status }: Tenant | App): Violation[] {
  const { generation, name } = metadata;
  return (status?.conditions ?? [])
    .filter(
      ({ observedGeneration = 0 }) => observedGeneration > (generation ?? 0),
    )
    .map(({ type }) => `O5: ${type} of ${kind} ${name} is from the future`);
}
