import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  grantKind,
  type Grant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  pack,
  plan,
  runtimeImages,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import { AppSteps, dev, home, sha256 } from '../../__testUtils__/AppSteps';
import { resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const namespace = home;
const check = {
  name: 'prices-are-whole',
  state: 'Passed' as const,
  message: '',
  since: '2026-01-01T00:00:00Z',
};
const longAgo = '2026-01-01T00:00:00Z';

integration('apps that are scaled to zero on a real API server', () => {
  let world: World;
  let bea: KubeClient;
  let steps: AppSteps;

  beforeAll(async () => {
    world = await World.start();
    bea = world.as('user:default/bea');
    steps = new AppSteps(world, bea);
    await resources.plans(world.admin).create(plan('small'));
    await resources.packs(world.admin).create(pack('market'));
    await world.admin.resource(coreKinds.configMaps).create(runtimeImages());
    await world.giveTenant(tenant('rates-desk'));
    await steps.writeBundle('feed', '3f9c1e2', 'code');
    await resources.apps(bea).create(
      app('feed', home, {
        environments: [
          { name: 'dev', revision: 'draft', scaleToZeroMinutes: 5 },
        ],
      }),
    );
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  const hasReplicas = (count: number) =>
    eventually(`The Deployment has ${count} replicas`, async () => {
      const { spec } = await world.admin
        .resource(coreKinds.deployments)
        .get('feed', { namespace: dev });
      return spec?.replicas === count;
    });

  const leadsToPodsThatLoad = (isWanted: boolean) =>
    eventually(`The Service leads to pods that load: ${isWanted}`, async () => {
      const { spec } = await world.admin
        .resource(coreKinds.services)
        .get('feed', { namespace: dev });
      return Boolean(spec?.publishNotReadyAddresses) === isWanted;
    });

  /** Writes what the operator would have seen of a pod long ago, until it draws its conclusion. */
  async function hasRunLongAgo() {
    const apps = resources.apps(world.admin);
    await eventually('Nobody has called the app', async () => {
      const { status } = await apps.get('feed', { namespace });
      const [state] = status?.environments ?? [];
      if (state?.why.startsWith('Scaled to zero')) return true;
      const environments = [
        {
          ...state,
          health: 'Healthy',
          since: longAgo,
          revision: '3f9c1e2',
          digest: sha256('code'),
          contract: { functions: [] },
          checks: [check],
        },
      ];
      await apps.patchStatus('feed', { environments } as never, { namespace });
      return false;
    });
  }

  it('have no pods, and keep their contract and code', async () => {
    await hasReplicas(1);
    await hasRunLongAgo();
    await hasReplicas(0);
    expect(
      await steps.environment('feed', {
        health: 'Healthy',
        why: 'Scaled to zero, because nobody has called it for 5 minutes.',
      }),
    ).toMatchObject({
      revision: '3f9c1e2',
      digest: sha256('code'),
      contract: { functions: [] },
      checks: [check],
      pods: { ready: 0, desired: 0 },
    });
  });

  it('start when a call needs a pod', async () => {
    const grants = world.admin.resource<Grant>(grantKind);
    const use = async (name: string, environment: string) => {
      await grants.create({
        apiVersion: 'bailiwick.dev/v1alpha1',
        kind: 'Grant',
        metadata: { name, namespace },
        spec: {
          app: 'feed',
          environment,
          subject: 'user:default/bea',
          client: 'api',
          expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
          tokenHash: sha256(name),
        },
      });
      const lastUsed = new Date().toISOString();
      await grants.patchStatus(name, { lastUsed }, { namespace });
    };
    await use('of-prod', 'prod');
    await hasReplicas(0);
    await use('of-dev', 'dev');
    await hasReplicas(1);
    await leadsToPodsThatLoad(true);
    const pods = world.admin.resource(coreKinds.pods);
    const pod = await eventually('A pod exists', async () => {
      const [first] = await pods.list({ namespace: dev });
      return first;
    });
    // There is no kubelet here that could report it.
    await pods.patchStatus(
      pod.metadata.name,
      { conditions: [{ type: 'Ready', status: 'True' }], phase: 'Running' },
      { namespace: dev },
    );
    await leadsToPodsThatLoad(false);
  });

  it('start when someone restarts them', async () => {
    const grants = world.admin.resource<Grant>(grantKind);
    await grants.patchStatus('of-dev', { lastUsed: longAgo }, { namespace });
    await hasRunLongAgo();
    await hasReplicas(0);
    const restartedAt = new Date().toISOString();
    await resources.apps(bea).patch(
      'feed',
      {
        spec: {
          environments: [
            {
              name: 'dev',
              revision: 'draft',
              scaleToZeroMinutes: 5,
              restartedAt,
            },
          ],
        },
      },
      { namespace },
    );
    await hasReplicas(1);
  });
});
