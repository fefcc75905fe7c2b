import type { Deployment, Pod } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  environmentNamespace,
  labels,
  type App,
  type AppEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Violation } from './oracles';
import type { World } from './World';

/** Characters of a commit that a label holds. */
const commitLength = 12;

/** Returns the defects of an app whose status claims to be ready for its newest spec. */
export function falseClaimsOfApp(
  world: World,
  app: App,
  atRest: boolean,
): Violation[] {
  const { name, namespace: home = '' } = app.metadata;
  const tenant = home.replace(/--home$/, '');
  const { environments: told = [] } = app.status ?? {};
  const wanted = app.spec.environments.map(one => one.name);
  const names = told.map(one => one.name);
  return [
    ...(names.join() === wanted.join()
      ? []
      : [`its status tells of ${names.join() || 'no environment'}`]),
    ...app.spec.environments.flatMap(environment => {
      const namespace = environmentNamespace(tenant, environment.name);
      return [
        ...wrongDeployment(world, app, environment, namespace),
        ...wrongService(world, name, namespace),
        ...(atRest ? wrongStatus(world, app, environment, namespace) : []),
      ];
    }),
  ].map(what => `O5: App ${home}/${name} is ready, but ${what}`);
}

function wrongDeployment(
  world: World,
  app: App,
  environment: AppEnvironment,
  namespace: string,
): string[] {
  const key = `${namespace}/${app.metadata.name}`;
  const found = world.deployments.get(key);
  if (!found) return [`the Deployment ${key} is not there`];
  const commit = found.spec?.template?.metadata?.labels?.[labels.commit];
  const wanted = wantedCommit(world, app, environment)?.slice(0, commitLength);
  const count = found.spec?.replicas ?? 0;
  const { replicas, suspended } = environment;
  const { min, max } = suspended
    ? { min: 0, max: 0 }
    : replicas ?? { min: 1, max: 1 };
  return [
    ...(commit === wanted
      ? []
      : [`the Deployment ${key} runs ${commit}, not ${wanted}`]),
    ...(count < min || count > Math.max(min, max)
      ? [`the Deployment ${key} has ${count} replicas, not ${min} to ${max}`]
      : []),
    ...(isRolledOut(found) ? [] : [`the Deployment ${key} is not rolled out`]),
  ];
}

/** Commit of the release that an environment runs, or of the draft; `undefined` when there is none. */
function wantedCommit(
  { releases }: World,
  { metadata, spec }: App,
  { release }: AppEnvironment,
): string | undefined {
  return release
    ? releases.get(`${metadata.namespace}/${release}`)?.spec.commit
    : spec.source.revision;
}

function isRolledOut({ metadata, spec, status = {} }: Deployment): boolean {
  const count = spec?.replicas ?? 0;
  const { observedGeneration, readyReplicas = 0, updatedReplicas = 0 } = status;
  return (
    observedGeneration === metadata.generation &&
    updatedReplicas === count &&
    readyReplicas === count
  );
}

function wrongService(
  { services }: World,
  name: string,
  namespace: string,
): string[] {
  const found = services.get(`${namespace}/${name}`) as
    | { spec?: { selector?: Record<string, string> } }
    | undefined;
  if (!found) return [`the Service ${namespace}/${name} is not there`];
  return found.spec?.selector?.[labels.app] === name
    ? []
    : [`the Service ${namespace}/${name} leads elsewhere`];
}

/** Compares the pods in a status with the actual pods. */
function wrongStatus(
  { deployments, pods }: World,
  { metadata, status }: App,
  { name: environment }: AppEnvironment,
  namespace: string,
): string[] {
  const told = status?.environments?.find(({ name }) => name === environment);
  const template = deployments.get(`${namespace}/${metadata.name}`)?.spec
    ?.template?.metadata;
  const ready = pods.filter(
    pod =>
      pod.metadata.namespace === namespace &&
      pod.metadata.labels?.[labels.app] === metadata.name &&
      isReady(pod),
  );
  const commit = template?.labels?.[labels.commit];
  const digest = template?.annotations?.[annotations.bundleDigest];
  const others = ready.filter(
    pod => pod.metadata.labels?.[labels.commit] !== commit,
  );
  return [
    ...(told?.pods?.ready === ready.length
      ? []
      : [`it counts ${told?.pods?.ready} of ${ready.length} ready pods`]),
    ...(others.length === 0 ? [] : [`${others.length} pods run other code`]),
    ...(ready.length === 0 || told?.revision === commit
      ? []
      : [`it says to run ${told?.revision}, not ${commit}`]),
    ...(ready.length === 0 || told?.digest === digest
      ? []
      : [`it says to run the code ${told?.digest}, not ${digest}`]),
  ];
}

function isReady({ metadata, status }: Pod): boolean {
  const isTrue = status?.conditions?.some(
    ({ type, status: is }) => type === 'Ready' && is === 'True',
  );
  return Boolean(isTrue) && !metadata.deletionTimestamp;
}
