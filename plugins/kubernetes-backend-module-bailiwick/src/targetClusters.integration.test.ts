import { mockCredentials } from '@backstage/backend-test-utils';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { eventually } from '@bailiwick/backstage-testing';
import { feed, ObjectsWorld } from './__testUtils__/ObjectsWorld';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const clusters = [
  { metadata: { name: 'here' }, spec: { title: 'Here' } },
  {
    metadata: { name: 'far' },
    spec: { title: 'Far away', credentials: { secret: 'far' } },
  },
];
const tenant = {
  spec: {
    environments: [
      { name: 'dev', cluster: 'here' },
      { name: 'prod', cluster: 'far' },
    ],
  },
};

integration('the Kubernetes tab of an app on two API servers', () => {
  let here: ObjectsWorld;
  let far: ObjectsWorld;
  let provider: ReturnType<ObjectsWorld['provider']>;

  beforeAll(async () => {
    [here, far] = await Promise.all([
      ObjectsWorld.start(),
      ObjectsWorld.start(),
    ]);
    const [own, other] = [here.kubernetes(), far.kubernetes()];
    provider = here.provider({
      kubernetes: {
        ...own,
        asIn: (...[person, namespace]: Parameters<typeof own.asIn>) =>
          (namespace.endsWith('--prod') ? other : own).asIn(person, namespace),
        watch: (...[options, signal, cluster]: Parameters<typeof own.watch>) =>
          (cluster === 'far' ? other : own).watch(options, signal),
        lists: {
          ...own.lists,
          clusters: { list: () => clusters },
          tenants: { get: () => tenant, subscribe: () => () => {} },
        },
      } as unknown as KubernetesService,
    });
    await here.bind('bea', 'builder', 'dev');
    await far.bind('bea', 'builder', 'prod');
  }, 120_000);
  afterAll(async () => {
    await here?.stop();
    await far?.stop();
  }, 60_000);

  /** Names of Services and problems, by cluster. */
  async function look() {
    const { items } = await provider.getKubernetesObjectsByEntity(
      { entity: feed, auth: {} },
      { credentials: mockCredentials.user('user:default/bea') },
    );
    return items.map(({ cluster, errors, resources }) => ({
      cluster,
      services: resources
        .filter(({ type }) => type === 'services')
        .flatMap(found => found.resources)
        .map(({ metadata }) => metadata?.namespace),
      problems: errors.map(error => ('message' in error ? error.message : '')),
    }));
  }

  it('shows each environment from the cluster on which it is', async () => {
    expect(await look()).toEqual([
      {
        cluster: { name: 'here', title: 'Here' },
        services: ['rates-desk--dev'],
        problems: [],
      },
      {
        cluster: { name: 'far', title: 'Far away' },
        services: ['rates-desk--prod'],
        problems: [],
      },
    ]);
  });

  it('shows the last known state of an unreachable cluster with its time, without delays', async () => {
    const goOn = far.cluster.freeze();
    try {
      far.wire.cut();
      const [own, away] = await eventually('It is told', async () => {
        const begun = Date.now();
        const found = await look();
        expect(Date.now() - begun).toBeLessThan(1_000);
        return found[1].problems.length > 0 ? found : undefined;
      });
      expect(own.problems).toEqual([]);
      expect(own.services).toEqual(['rates-desk--dev']);
      expect(away.services).toEqual(['rates-desk--prod']);
      expect(away.problems).toContainEqual(
        expect.stringMatching(/^Changes of services are \d+ s late/),
      );
    } finally {
      goOn();
    }
  }, 60_000);
});
