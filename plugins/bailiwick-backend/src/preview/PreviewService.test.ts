import { InputError } from '@backstage/errors';
import { KubeApiError } from '@bailiwick/backstage-kube-controller';
import type {
  App,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { app } from '@bailiwick/backstage-testing/objects';
import { aTenant } from '../__testUtils__/createTenant';
import { AppReader } from '../authorization';
import { PreviewService } from './PreviewService';

const bea = { user: 'user:default/bea', groups: [] };
const place = { tenant: 'rates-desk', app: 'prices', environment: 'dev' };

/** An app with a function that needs nothing and one that requires a symbol. */
function aServedApp(revision = 'aaaaaaa'): App {
  const result = {
    kind: 'table' as const,
    columns: [{ name: 'price', type: 'Money' }],
  };
  const functions = [
    { name: 'prices', parameters: {}, result },
    { name: 'price', parameters: { required: ['symbol'] }, result },
  ];
  return {
    ...app('prices', 'rates-desk--home'),
    status: {
      environments: [
        {
          name: 'dev',
          health: 'Healthy',
          why: '',
          next: '',
          revision,
          pods: { ready: 1, desired: 1 },
          since: '2026-11-20T08:00:00Z',
          contract: { functions },
        },
      ],
    },
  };
}

const readyPod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'prices-1',
    namespace: 'rates-desk--dev',
    labels: { 'bailiwick.dev/app': 'prices' },
  },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
};

describe('PreviewService', () => {
  const callPod = jest.fn();
  let allowed: boolean;
  let served: App;
  let tenant: Tenant;
  let pods: object[];
  let previews: PreviewService;

  beforeEach(() => {
    jest.useFakeTimers();
    callPod.mockReset().mockResolvedValue({ rows: [{ price: 1 }], count: 1 });
    allowed = true;
    served = aServedApp();
    tenant = aTenant();
    pods = [readyPod];
    const kubernetes = {
      as: () => ({ request: async () => ({ status: { allowed } }) }),
      callPod,
      lists: {
        apps: { get: () => served },
        pods: { list: () => pods },
        tenants: { get: () => tenant },
      },
    } as unknown as KubernetesService;
    const apps = new AppReader({ kubernetes });
    previews = new PreviewService({ apps, kubernetes });
  });
  afterEach(() => jest.useRealTimers());

  const preview = (fn = 'prices', parameters?: Record<string, unknown>) =>
    previews.preview(bea, place, fn, parameters);

  it('calls a function without parameters in a ready pod', async () => {
    expect(await preview()).toMatchObject({ rows: [{ price: 1 }], count: 1 });
    expect(callPod).toHaveBeenCalledWith(
      { namespace: 'rates-desk--dev', name: 'prices-1', port: 8080 },
      '/call/prices',
      expect.objectContaining({ body: {} }),
    );
  });

  it('calls no pod for people who cannot create tokens, even with a cached sample', async () => {
    await preview();
    allowed = false;
    await expect(preview()).rejects.toThrow(
      'Only people who can create tokens in rates-desk can see sample rows; ask an owner to add you',
    );
    expect(callPod).toHaveBeenCalledTimes(1);
  });

  it('calls the functions of a granted access, and no others', async () => {
    const user = 'user:default/eve';
    const previewAs = (fn: string) =>
      previews.preview({ user, groups: [] }, place, fn, { symbol: 'IBM' });
    await expect(previewAs('price')).rejects.toThrow(
      'App "prices" was not found in tenant "rates-desk"',
    );
    const access = {
      request: 'granted',
      user,
      app: place.app,
      environment: place.environment,
      functions: ['price'],
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    };
    tenant = { ...tenant, status: { access: [access] } } as Tenant;
    expect(await previewAs('price')).toHaveProperty('rows');
    await expect(previewAs('prices')).rejects.toThrow('was not found');
    expect(callPod).toHaveBeenCalledTimes(1);
  });

  it('shares a sample for a minute, until other code runs', async () => {
    await Promise.all([preview(), preview()]);
    expect(callPod).toHaveBeenCalledTimes(1);
    served = aServedApp('bbbbbbb');
    await preview();
    expect(callPod).toHaveBeenCalledTimes(2);
    jest.advanceTimersByTime(60_000);
    await preview();
    expect(callPod).toHaveBeenCalledTimes(3);
  });

  it('passes parameters on, and shares a sample only with the same ones', async () => {
    await expect(preview('price')).rejects.toThrow(
      'Function "price" requires parameters: symbol',
    );
    for (const symbol of ['AAPL', 'IBM', 'AAPL'])
      await preview('price', { symbol });
    expect(callPod.mock.calls.map(([, , { body }]) => body)).toEqual([
      { symbol: 'AAPL' },
      { symbol: 'IBM' },
    ]);
  });

  it('repeats the function’s message, and retries after a failure', async () => {
    const error = { error: { message: 'The file is missing', id: 'r-1' } };
    callPod.mockRejectedValueOnce(
      new KubeApiError(500, {}, { text: JSON.stringify(error) }),
    );
    await expect(preview()).rejects.toThrow(
      'Function "prices" failed: The file is missing (r-1)',
    );
    expect(await preview()).toMatchObject({ count: 1 });
  });

  it('passes on what is wrong with a parameter', async () => {
    const error = { error: { message: 'symbols: expected a list, got "x"' } };
    callPod.mockRejectedValueOnce(
      new KubeApiError(422, {}, { text: JSON.stringify(error) }),
    );
    const refused = preview('price', { symbol: 'x' });
    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow(
      /^symbols: expected a list, got "x"$/,
    );
  });

  it('rejects functions that cannot be called', async () => {
    await expect(preview('price')).rejects.toThrow(
      'Function "price" requires parameters: symbol',
    );
    await expect(preview('volume')).rejects.toThrow(
      'App "prices" has no function "volume" in dev',
    );
    pods = [];
    await expect(preview()).rejects.toThrow('No pod of "prices" is ready');
    expect(callPod).not.toHaveBeenCalled();
  });
});
