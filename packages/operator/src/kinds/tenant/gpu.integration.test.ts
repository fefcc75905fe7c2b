import { coreKinds } from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';
import {
  plan,
  runtimeImages,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import { resources, World } from '../../__testUtils__/World';
import { readRefusal } from '../app/health';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(90_000);

const gpu = 'nvidia.com/gpu';

integration('a plan with GPUs on a real API server', () => {
  const namespace = 'ml-desk--dev';
  let world: World;
  const quota = () =>
    world.admin
      .resource(coreKinds.resourceQuotas)
      .get('bailiwick', { namespace });
  const pod = (name: string, devices: number) => {
    const amounts = { cpu: '100m', memory: '64Mi', [gpu]: `${devices}` };
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace },
      spec: {
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 65532,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        containers: [
          {
            name: 'model',
            image: 'model',
            resources: { requests: amounts, limits: amounts },
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ['ALL'] },
            },
          },
        ],
      },
    };
  };

  beforeAll(async () => {
    world = await World.start();
    const { perEnvironment } = plan('small').spec;
    await resources
      .plans(world.admin)
      .create(plan('gpu', { perEnvironment: { ...perEnvironment, gpu: 1 } }));
    await world.giveTenant(tenant('ml-desk', { plan: 'gpu' }));
    await world.admin
      .resource(coreKinds.configMaps)
      .create(runtimeImages({ model: 'model' }));
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('limits them in the quota of each environment', async () => {
    expect((await quota()).status?.hard).toMatchObject({
      [`requests.${gpu}`]: '1',
    });
    const { status } = await resources.tenants(world.admin).get('ml-desk');
    expect(status?.environments?.[0]).toMatchObject({
      limit: { gpu: 1 },
      used: { gpu: 0 },
    });
  });

  it('refuses a pod that requests too many, in our words', async () => {
    const pods = world.admin.resource(coreKinds.pods);
    await pods.create(pod('one', 1));
    await eventually(
      'A counted GPU',
      async () => (await quota()).status?.used?.[`requests.${gpu}`] === '1',
    );
    const refusal = await pods.create(pod('another', 1)).then(
      () => 'created',
      error => readRefusal(error.message).why,
    );
    expect(refusal).toBe(
      'The quota is used up: 1 GPU of 1 GPU used, 1 GPU more needed.',
    );
  });

  it('allows environments without any under a plan that omits them', async () => {
    await resources
      .plans(world.admin)
      .patch('gpu', { spec: { perEnvironment: { gpu: null } as object } });
    await eventually(
      'No GPU allowed',
      async () => (await quota()).status?.hard?.[`requests.${gpu}`] === '0',
    );
    const limits = await eventually('A status without GPUs', async () => {
      const { status } = await resources.tenants(world.admin).get('ml-desk');
      const limit = status?.environments?.[0].limit;
      return limit && !('gpu' in limit) ? limit : undefined;
    });
    expect(limits).toMatchObject({ cpu: '2' });
  });
});
