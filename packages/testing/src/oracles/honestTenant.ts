import {
  environmentNamespace,
  homeNamespace,
  labels,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { platformGroup } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Violation } from './oracles';
import type { World } from './World';

/** The binding of those who may open terminals; the platform team is among them everywhere. */
const terminals = 'bailiwick:tenant-terminal';

/** Resources of a quota that follow from the plan alone. */
const resources = {
  'requests.cpu': 'cpu',
  'requests.memory': 'memory',
} as const;

/** Returns the defects of a tenant whose status claims to be ready for its newest spec. */
export function falseClaimsOfTenant(
  world: World,
  tenant: Tenant,
  atRest: boolean,
): Violation[] {
  const { metadata, spec, status } = tenant;
  const lacks = (what: string) =>
    `O5: Tenant ${metadata.name} is ready, but ${what}`;
  const environments = spec.environments.map(({ name }) =>
    environmentNamespace(metadata.name, name),
  );
  const all = [homeNamespace(metadata.name), ...environments];
  const told = (status?.environments ?? []).map(({ namespace }) => namespace);
  return [
    ...all.flatMap(namespace => [
      ...withoutNamespace(world, metadata.name, namespace),
      ...wrongAccess(world, tenant, namespace),
      ...(world.policies.has(`${namespace}/bailiwick.default-deny`)
        ? []
        : [`the network of ${namespace} is open`]),
    ]),
    ...environments.flatMap(one => wrongQuota(world, tenant, one)),
    ...(status?.phase === 'Ready' ? [] : [`its phase is ${status?.phase}`]),
    ...(told.join() === environments.join()
      ? []
      : [`its status tells of ${told.join() || 'no environment'}`]),
    ...(status?.environments ?? [])
      .filter(({ ready }) => atRest && !ready)
      .map(({ name }) => `its environment ${name} is not`),
  ].map(lacks);
}

function withoutNamespace(
  { namespaces }: World,
  tenant: string,
  name: string,
): string[] {
  const found = namespaces.get(name);
  if (!found) return [`${name} is not there`];
  const { deletionTimestamp, labels: marks } = found.metadata;
  if (deletionTimestamp) return [`${name} is going`];
  return marks?.[labels.tenant] === tenant ? [] : [`${name} is not its own`];
}

function peopleIn({ subjects = [] }: World['bindings'][number]): string[] {
  return subjects
    .map(({ name }) => name)
    .filter(name => /^(user|group):/.test(name));
}

function wrongAccess(
  { bindings }: World,
  { metadata: { name: tenant }, spec }: Tenant,
  namespace: string,
): string[] {
  const wanted = new Set([
    ...spec.owners,
    ...spec.members.map(({ subject }) => subject),
  ]);
  const here = bindings.filter(
    ({ metadata }) => metadata.namespace === namespace,
  );
  const given = new Set(
    here
      .filter(({ metadata }) => metadata.name !== terminals)
      .flatMap(peopleIn),
  );
  const mayType = here
    .filter(({ metadata }) => metadata.name === terminals)
    .flatMap(peopleIn);
  const environment = spec.environments.find(
    ({ name }) => environmentNamespace(tenant, name) === namespace,
  );
  const isOpen = environment && !environment.protected && !spec.cordon;
  return [
    ...(environment && !mayType.includes(platformGroup)
      ? [`the platform team has no terminals in ${namespace}`]
      : []),
    ...mayType
      .filter(one =>
        one === platformGroup ? !environment : !(isOpen && wanted.has(one)),
      )
      .map(one => `${one} has terminals in ${namespace}`),
    ...[...wanted]
      .filter(one => !given.has(one))
      .map(one => `${one} has no access to ${namespace}`),
    ...[...given]
      .filter(one => !wanted.has(one))
      .map(one => `${one} has access to ${namespace}`),
  ];
}

function wrongQuota(
  { plans, quotas }: World,
  { spec }: Tenant,
  namespace: string,
): string[] {
  const plan = plans.get(spec.plan)?.spec.perEnvironment;
  const quota = quotas.get(`${namespace}/bailiwick`) as
    | { spec?: { hard?: Record<string, string> } }
    | undefined;
  if (!plan || !quota) return [`${namespace} has no quota`];
  return Object.entries(resources).flatMap(([resource, field]) => {
    const [is, wanted] = [quota.spec?.hard?.[resource], plan[field]];
    return is === wanted
      ? []
      : [`${resource} of ${namespace} is ${is}, not ${wanted}`];
  });
}
