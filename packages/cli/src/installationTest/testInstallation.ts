import {
  coreKinds,
  ignoreAlreadyExists,
  ignoreNotFound,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  changeRequestKind,
  domainPackKind,
  findCondition,
  grantKind,
  homeNamespace,
  planKind,
  tenantKind,
  type App,
  type ChangeRequest,
  type DomainPack,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { randomBytes } from 'node:crypto';
import { CommandError } from '../CommandError';
import { readFirstFunction } from './readFirstFunction';
import { removeTestObjects } from './removeTestObjects';
import {
  callableArchetype,
  person,
  testApp,
  testGrant,
  testName,
  testPlan,
  testRequest,
} from './testObjects';
import { Waiter } from './Waiter';

/** Time limit without the removal, so that `helm test` reports the reason within its own limit of five minutes. */
const seconds = 150;

/** Installation that is tested. */
export interface Installation {
  /** Name of its `Cluster`. */
  cluster: string;
  /** Packs to create an app from; the first with a suitable archetype counts. */
  packs: readonly string[];
  /** Address of the gateway in the cluster. */
  gateway: string;
  /** Address of the portal in the cluster, if there is one. */
  portal?: string;
}

/** State of a test. */
interface Test extends Installation {
  /** Client with the rights of the test: it creates and deletes a plan, and acts as the person. */
  client: KubeClient;
  /** Client with the rights of the person. */
  asPerson: KubeClient;
  waiter: Waiter;
  say: (line: string) => void;
}

const operatorRemedy =
  'See whether an operator runs and leads: kubectl -n bailiwick-system get pods,leases; its log: kubectl -n bailiwick-system logs deployment/operator';

/**
 * Plays the main path as a person who exists only for the test: requests a tenant, creates an app from a pack, and
 * reads rows through the gateway. Deletes everything again, also when it fails or is interrupted.
 *
 * @param signal - interrupts the test
 * @throws CommandError with the step that failed and what to look at next
 */
export async function testInstallation(
  client: KubeClient,
  installation: Installation,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  await removeTestObjects(client);
  try {
    await play({
      ...installation,
      client,
      asPerson: client.as(person),
      waiter: new Waiter(seconds, signal),
      say,
    });
  } catch (error) {
    await removeTestObjects(client).catch(({ message, remedy }) =>
      say(`✘ ${message}\n${remedy ?? ''}`),
    );
    throw error;
  }
  await removeTestObjects(client);
  say('✔ The objects of the test are deleted.');
}

async function play(test: Test): Promise<void> {
  const { portal, say, waiter } = test;
  const pack = await findPack(test);
  await createTenant(test, pack);
  const app = await createApp(test, pack);
  await readRows(test, app);
  if (!portal) return;
  await waiter.until(
    {
      problem: 'The portal is not ready',
      remedy:
        'See its pod and its log: kubectl -n bailiwick-portal describe pods; kubectl -n bailiwick-portal logs deployment/portal --container portal',
    },
    () => expectOk(`${portal}/.backstage/health/v1/readiness`),
  );
  say('✔ The portal is ready.');
}

/** @throws CommandError if no pack has a suitable archetype */
async function findPack({ asPerson, packs }: Test): Promise<DomainPack> {
  for (const name of packs) {
    const pack = await asPerson
      .resource<DomainPack>(domainPackKind)
      .get(name)
      .catch(ignoreNotFound);
    if (pack && callableArchetype(pack)) return pack;
  }
  throw new CommandError(
    `The test needs an installed pack with a function as archetype; setup.packs names: ${
      packs.join(', ') || 'none'
    }.`,
    'See the installed packs: kubectl get domainpacks. Name one of those in the setup image in setup.packs, and upgrade the release.',
  );
}

async function createTenant(test: Test, pack: DomainPack): Promise<void> {
  const { asPerson, client, cluster, say, waiter } = test;
  await client.resource(planKind).create(testPlan);
  await waiter.until(
    {
      problem: 'No operator has processed the plan of the test',
      remedy: operatorRemedy,
    },
    () =>
      client.resource(coreKinds.clusterRoles).get(`bailiwick:plan:${testName}`),
  );
  say('✔ An operator leads.');
  await asPerson
    .resource(changeRequestKind)
    .create(testRequest(cluster, pack.metadata.name));
  await waiter.until(
    { problem: 'The request for a tenant', remedy: operatorRemedy },
    async () => {
      const { status } = await client
        .resource<ChangeRequest>(changeRequestKind)
        .get(testName);
      if (status?.phase === 'Applied') return;
      const [why] = status?.conditions ?? [];
      const state = `${status?.phase ?? 'not evaluated'}: ${
        why?.message ?? 'no operator has seen it'
      }`;
      if (['Denied', 'Failed', 'Open'].includes(status?.phase ?? ''))
        throw new CommandError(
          `The request for a tenant is ${state}.`,
          operatorRemedy,
        );
      throw new Error(state);
    },
  );
  const tenant = await waiter.until(
    { problem: 'The tenant is not ready', remedy: operatorRemedy },
    async () => {
      const found = await client.resource<Tenant>(tenantKind).get(testName);
      if (found.status?.phase === 'Ready') return found;
      const ready = findCondition(found.status, 'Ready');
      throw new Error(ready?.message ?? 'no operator has seen it');
    },
  );
  say('✔ A request for a tenant was approved, and the tenant is ready.');
  const isolated = findCondition(tenant.status, 'Isolated');
  if (isolated && isolated.status !== 'True')
    say(`⚠ Tenants are not isolated: ${isolated.message}.`);
}

async function createApp(
  { asPerson, say, waiter }: Test,
  pack: DomainPack,
): Promise<App> {
  const archetype = callableArchetype(pack)!;
  const { app, code } = await testApp(pack, archetype);
  const named = `The app ${archetype.name} of the pack ${pack.metadata.name}`;
  // The rights of an owner take a moment to arrive at the API server.
  await waiter.until(
    {
      problem: `${named} cannot be created`,
      remedy: 'See the policies and the roles of tenants in docs/architecture.',
    },
    async () => {
      await asPerson
        .resource(coreKinds.configMaps)
        .create(code)
        .catch(ignoreAlreadyExists);
      await asPerson
        .resource<App>(appKind)
        .create(app)
        .catch(ignoreAlreadyExists);
    },
  );
  const running = await waiter.until(
    {
      problem: `${named} is not healthy`,
      remedy:
        'See whether nodes have free capacity, and can pull the image of apps: kubectl -n bailiwick-system get configmap runtime-images --output yaml',
    },
    async () => {
      const found = await asPerson
        .resource<App>(appKind)
        .get(testName, { namespace: homeNamespace(testName) });
      const [state] = found.status?.environments ?? [];
      if (state?.health === 'Healthy' && state.contract) return found;
      const why = state
        ? `${state.health}: ${state.why} ${state.next}`.trim()
        : 'no operator has seen it';
      if (state?.health === 'Failed')
        throw new CommandError(
          `${named} failed: ${state.why}`,
          `${state.next} The images of apps are in the ConfigMap bailiwick-system/runtime-images.`,
        );
      throw new Error(why);
    },
  );
  say(`✔ ${named} is healthy.`);
  return running;
}

async function readRows(
  { asPerson, gateway, say, waiter }: Test,
  app: App,
): Promise<void> {
  const token = `bwk_${randomBytes(32).toString('base64url')}`;
  await asPerson.resource(grantKind).create(testGrant(token));
  const rows = await waiter.until(
    {
      problem: `The gateway at ${gateway} returns no rows`,
      remedy:
        'See its pods and its log: kubectl -n bailiwick-system get pods; kubectl -n bailiwick-system logs --selector app.kubernetes.io/name=bailiwick-gateway',
    },
    () => readFirstFunction(app, { gateway, token }),
  );
  say(`✔ The gateway returned ${rows} to a reader with a token.`);
}

/** @throws Error with the status of another response */
async function expectOk(address: string): Promise<void> {
  const response = await fetch(address);
  await response.body?.cancel();
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
}
