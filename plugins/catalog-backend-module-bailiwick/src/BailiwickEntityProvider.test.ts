import { mockServices } from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { EntityProviderConnection } from '@backstage/plugin-catalog-node';
import {
  labels,
  type KubeObject,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { keptPackName } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { BailiwickEntityProvider } from './BailiwickEntityProvider';
import {
  aPlan,
  localCluster,
  marketPack,
  ratesDesk,
  runningApp,
} from './__fixtures__/objects';

/** Watched lists whose content the test sets. */
function kubernetesWith(content: {
  apps: unknown[];
  clusters: unknown[];
  packs: unknown[];
  plans: unknown[];
  tenants: unknown[];
}) {
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const state = { ...content, ready: false };
  const list = (name: keyof typeof content) => ({
    list: () => state[name],
    get: (wanted: string) =>
      (state[name] as KubeObject<unknown, unknown>[]).find(
        ({ metadata }) => metadata.name === wanted,
      ),
    subscribe,
  });
  const service = {
    progress: () => ({ ready: state.ready }),
    onProgress: subscribe,
    lists: {
      apps: list('apps'),
      clusters: list('clusters'),
      packs: list('packs'),
      plans: list('plans'),
      tenants: list('tenants'),
    },
  } as unknown as KubernetesService;
  return {
    service,
    /** Changes the content and notifies all listeners. */
    change(fields: Partial<typeof state>) {
      Object.assign(state, fields);
      listeners.forEach(listener => listener());
    },
  };
}

describe('BailiwickEntityProvider', () => {
  const connection = { applyMutation: jest.fn(), refresh: jest.fn() };
  const logger = mockServices.logger.mock();
  let kubernetes: ReturnType<typeof kubernetesWith>;

  beforeEach(async () => {
    jest.useFakeTimers();
    jest.resetAllMocks();
    kubernetes = kubernetesWith({
      apps: [],
      clusters: [localCluster],
      packs: [],
      plans: [],
      tenants: [ratesDesk],
    });
    const provider = new BailiwickEntityProvider({
      kubernetes: kubernetes.service,
      logger,
      gatewayUrl: 'http://gateway.test',
    });
    await provider.connect(connection as EntityProviderConnection);
  });
  afterEach(() => jest.useRealTimers());

  const settle = () => jest.advanceTimersByTimeAsync(1_000);

  /** The catalog's entities by reference, as the mutations so far leave it. */
  const catalog = () => {
    const entities = new Map<string, any>();
    for (const [mutation] of connection.applyMutation.mock.calls) {
      if (mutation.type === 'full') entities.clear();
      for (const { entity } of mutation.entities ?? mutation.added)
        entities.set(stringifyEntityRef(entity), entity);
      for (const { entityRef } of mutation.removed ?? [])
        entities.delete(entityRef);
    }
    return entities;
  };
  const told = () => [...catalog().keys()];

  it('sends nothing before the cluster responds, so a restart removes nothing', async () => {
    await settle();
    kubernetes.change({ apps: [runningApp] });
    await settle();
    expect(connection.applyMutation).not.toHaveBeenCalled();
  });

  it('sends all entities once the cluster responds', async () => {
    kubernetes.change({
      ready: true,
      packs: [marketPack],
      plans: [aPlan('small', 1)],
    });
    await settle();
    expect(connection.applyMutation).toHaveBeenCalledTimes(1);
    expect(connection.applyMutation.mock.lastCall[0].type).toBe('full');
    expect(told()).toEqual(
      expect.arrayContaining([
        'domain:default/rates-desk',
        'template:default/market-price-feed',
        'template:default/request-tenant',
      ]),
    );
  });

  it('offers the newest version of a pack, and knows the shape of apps of older ones', async () => {
    const { spec } = marketPack;
    const { archetype } = runningApp.spec;
    const kept = {
      ...marketPack,
      metadata: {
        name: keptPackName(archetype.pack, archetype.version),
        labels: { [labels.versionOf]: archetype.pack },
      },
      spec: {
        ...spec,
        version: archetype.version,
        archetypes: spec.archetypes.map(one => ({ ...one, shape: 'job' })),
      },
    };
    const newest = {
      ...marketPack,
      spec: {
        ...spec,
        version: '99.0.0',
        archetypes: [{ ...spec.archetypes[0], name: 'new-feed' }],
      },
    };
    kubernetes.change({
      ready: true,
      apps: [runningApp],
      packs: [newest, kept],
      plans: [aPlan('small', 1)],
    });
    await settle();
    expect(told().filter(ref => /^(template:|domain:packs)/.test(ref))).toEqual(
      [
        'template:default/request-tenant',
        'domain:packs/market',
        'template:default/market-new-feed',
      ],
    );
    const component = catalog().get('component:rates-desk/month-end-prices');
    expect(component.spec.type).toBe('job');
  });

  it('makes the portal’s own platform group the owner of the platform’s entities', async () => {
    const own = { applyMutation: jest.fn(), refresh: jest.fn() };
    const provider = new BailiwickEntityProvider({
      kubernetes: kubernetes.service,
      logger,
      platformGroup: 'group:ops/sre',
    });
    await provider.connect(own as EntityProviderConnection);
    kubernetes.change({ ready: true });
    await settle();
    const [[{ entities }]] = own.applyMutation.mock.calls;
    const ofPlatform = entities.filter(
      ({ entity }: any) => entity.spec.owner === 'group:ops/sre',
    );
    expect(ofPlatform.map(({ entity }: any) => entity.kind)).toEqual([
      'Resource',
    ]);
    expect(JSON.stringify(entities)).not.toContain('group:default/platform');
  });

  it('reports a change, once for a burst of changes', async () => {
    kubernetes.change({ ready: true });
    await settle();
    kubernetes.change({ apps: [runningApp] });
    kubernetes.change({ packs: [marketPack] });
    await settle();
    expect(connection.applyMutation).toHaveBeenCalledTimes(2);
    expect(told()).toContain('component:rates-desk/month-end-prices');

    kubernetes.change({ apps: [] });
    await settle();
    expect(told()).not.toContain('component:rates-desk/month-end-prices');
  });

  it('sends only changes', async () => {
    kubernetes.change({ ready: true, apps: [runningApp], packs: [marketPack] });
    await settle();
    const spec = { ...runningApp.spec, title: 'Prices' };
    const metadata = { ...runningApp.metadata, name: 'other' };
    const other = { ...runningApp, metadata };
    kubernetes.change({ apps: [{ ...runningApp, spec }, other] });
    await settle();
    const { added, removed, type } = connection.applyMutation.mock.lastCall[0];
    expect(type).toBe('delta');
    expect(added.map(({ entity }: any) => stringifyEntityRef(entity))).toEqual([
      'system:rates-desk/month-end-prices',
      'component:rates-desk/month-end-prices',
      'api:rates-desk/month-end-prices',
      'system:rates-desk/other',
      'component:rates-desk/other',
      'api:rates-desk/other',
    ]);
    expect(removed).toEqual([]);

    kubernetes.change({ apps: [other] });
    await settle();
    expect(connection.applyMutation.mock.lastCall[0]).toMatchObject({
      added: [],
      removed: [
        { entityRef: 'system:rates-desk/month-end-prices' },
        { entityRef: 'component:rates-desk/month-end-prices' },
        { entityRef: 'api:rates-desk/month-end-prices' },
      ],
    });
  });

  it('lets an app depend on its cluster as soon as it exists', async () => {
    kubernetes.change({ ready: true, apps: [runningApp], clusters: [] });
    await settle();
    const dependsOn = () =>
      catalog().get('component:rates-desk/month-end-prices').spec.dependsOn;
    expect(dependsOn()).toEqual([]);
    kubernetes.change({ clusters: [localCluster] });
    await settle();
    expect(dependsOn()).toEqual(['resource:clusters/local']);
    expect(told()).toContain('resource:clusters/local');
  });

  it('sends nothing if no entity has changed', async () => {
    kubernetes.change({ ready: true });
    await settle();
    kubernetes.change({
      tenants: [{ ...ratesDesk, status: { phase: 'Ready' } }],
    });
    await settle();
    expect(connection.applyMutation).toHaveBeenCalledTimes(1);
  });

  it('sends all entities again within 10 minutes, so that deleted ones return', async () => {
    kubernetes.change({ ready: true });
    await settle();
    const everything = told();
    await jest.advanceTimersByTimeAsync(10 * 60_000);
    expect(connection.applyMutation).toHaveBeenCalledTimes(2);
    expect(told()).toEqual(everything);
  });

  it('retries when the catalog rejected an update', async () => {
    kubernetes.change({ ready: true });
    await settle();
    connection.applyMutation.mockRejectedValueOnce(new Error('busy'));
    kubernetes.change({ apps: [runningApp] });
    await settle();
    expect(logger.error).toHaveBeenCalledTimes(1);
    const [[first], [failed]] = connection.applyMutation.mock.calls;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(first.type).toBe('full');
    expect(connection.applyMutation).toHaveBeenCalledTimes(3);
    expect(connection.applyMutation.mock.lastCall[0]).toEqual(failed);
  });
});
