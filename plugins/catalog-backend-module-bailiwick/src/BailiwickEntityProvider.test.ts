import { mockServices } from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { EntityProviderConnection } from '@backstage/plugin-catalog-node';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { BailiwickEntityProvider } from './BailiwickEntityProvider';
import {
  aPlan,
  financePack,
  ratesDesk,
  runningApp,
} from './__fixtures__/objects';

/** Watched lists whose content the test sets. */
function kubernetesWith(content: {
  apps: unknown[];
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
    subscribe,
  });
  const service = {
    progress: () => ({ ready: state.ready }),
    onProgress: subscribe,
    lists: {
      apps: list('apps'),
      packs: list('packs'),
      plans: list('plans'),
      tenants: list('tenants'),
    },
  } as unknown as KubernetesService;
  return {
    service,
    /** Changes the content and tells everybody. */
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

  /** References of the entities of the newest mutation. */
  const told = (): string[] =>
    connection.applyMutation.mock.lastCall[0].entities.map(({ entity }: any) =>
      stringifyEntityRef(entity),
    );

  it('tells nothing before the cluster answers, so a restart removes nothing', async () => {
    await settle();
    kubernetes.change({ apps: [runningApp] });
    await settle();
    expect(connection.applyMutation).not.toHaveBeenCalled();
  });

  it('tells everything once the cluster answers', async () => {
    kubernetes.change({
      ready: true,
      packs: [financePack],
      plans: [aPlan('small', 1)],
    });
    await settle();
    expect(connection.applyMutation).toHaveBeenCalledTimes(1);
    expect(connection.applyMutation.mock.lastCall[0].type).toBe('full');
    expect(told()).toEqual(
      expect.arrayContaining([
        'domain:default/rates-desk',
        'template:default/finance-price-feed',
        'template:default/request-tenant',
      ]),
    );
  });

  it('replaces the entities after a change, once for a burst of changes', async () => {
    kubernetes.change({ ready: true });
    await settle();
    kubernetes.change({ apps: [runningApp] });
    kubernetes.change({ packs: [financePack] });
    await settle();
    expect(connection.applyMutation).toHaveBeenCalledTimes(2);
    expect(told()).toContain('component:rates-desk/month-end-prices');

    kubernetes.change({ apps: [] });
    await settle();
    expect(told()).not.toContain('component:rates-desk/month-end-prices');
  });

  it('says nothing when nothing that it shows has changed', async () => {
    kubernetes.change({ ready: true });
    await settle();
    kubernetes.change({
      tenants: [{ ...ratesDesk, status: { phase: 'Ready' } }],
    });
    await settle();
    expect(connection.applyMutation).toHaveBeenCalledTimes(1);
  });

  it('tells everything again within 10 minutes, so that what was deleted comes back', async () => {
    kubernetes.change({ ready: true });
    await settle();
    const everything = told();
    await jest.advanceTimersByTimeAsync(10 * 60_000);
    expect(connection.applyMutation).toHaveBeenCalledTimes(2);
    expect(told()).toEqual(everything);
  });

  it('tells it again when the catalog could not take it', async () => {
    connection.applyMutation.mockRejectedValueOnce(new Error('busy'));
    kubernetes.change({ ready: true });
    await settle();
    expect(logger.error).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(connection.applyMutation).toHaveBeenCalledTimes(2);
  });
});
