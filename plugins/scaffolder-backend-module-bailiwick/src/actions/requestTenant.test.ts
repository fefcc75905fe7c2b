import {
  mockCredentials,
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { BailiwickClient } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { parse } from 'yaml';
import { createRequestTenantAction } from './requestTenant';

const api = 'http://portal.test/api/bailiwick';
const user = mockCredentials.user('user:default/rita');

describe('bailiwick:tenant:request', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const action = createRequestTenantAction({
    auth: mockServices.auth({ pluginId: 'scaffolder' }),
    client: new BailiwickClient({
      discoveryApi: { getBaseUrl: async () => api },
    }),
  });
  const [{ example }] = action.examples!;
  const wanted = parse(example).steps[0].input;
  /** Calls that arrived at the portal: method, path and who sent it. */
  let calls: { call: string; token: string | null; body?: any }[];

  const view = (status?: object) => ({
    metadata: { name: 'rates-desk-create-1' },
    spec: { target: { kind: 'Tenant', name: 'rates-desk' } },
    status,
  });
  /** A portal whose request has these states, one at each look. */
  function serve(...states: object[]) {
    const left = [...states];
    server.use(
      http.post(`${api}/requests`, async ({ request }) => {
        const { search } = new URL(request.url);
        const token = request.headers.get('authorization');
        const body = await request.json();
        calls.push({ call: `POST /requests${search}`, token, body });
        return HttpResponse.json(view(), { status: 201 });
      }),
      http.get(`${api}/requests`, ({ request }) => {
        const token = request.headers.get('authorization');
        calls.push({ call: 'GET /requests', token });
        const state = left.length > 1 ? left.shift() : left[0];
        return HttpResponse.json({ items: [view(state)] });
      }),
    );
  }

  beforeEach(() => {
    calls = [];
  });

  async function run(more: object = {}, ctx: object = {}) {
    const output = jest.fn();
    await action.handler({
      ...createMockActionContext(),
      output,
      getInitiatorCredentials: async () => user,
      input: { ...wanted, ...more },
      ...ctx,
    } as never);
    return Object.fromEntries(output.mock.calls);
  }

  it('sends the request as the person who started the task', async () => {
    serve();
    expect(await run()).toEqual({
      tenant: 'rates-desk',
      request: 'rates-desk-create-1',
      state: 'Open',
    });
    const token = `Bearer ${mockCredentials.service.token({
      onBehalfOf: user,
      targetPluginId: 'bailiwick',
    })}`;
    expect(calls).toEqual([{ call: 'POST /requests', token, body: wanted }]);
  });

  it('lets the portal check everything in a dry run, and stores nothing', async () => {
    serve();
    expect(await run({}, { isDryRun: true })).toEqual({
      tenant: 'rates-desk',
      state: 'Checked',
    });
    expect(calls.map(({ call }) => call)).toEqual([
      'POST /requests?dryRun=true',
    ]);
  });

  it('does not repeat the request of an earlier attempt', async () => {
    serve();
    const checkpoint = jest.fn(async () => ({ name: 'rates-desk-create-0' }));
    expect(await run({}, { checkpoint })).toMatchObject({
      request: 'rates-desk-create-0',
    });
    expect(calls).toEqual([]);
  });

  it('waits until the tenant is created', async () => {
    serve({}, { phase: 'Approved' }, { phase: 'Applied' });
    expect(await run({ waitMinutes: 1 })).toMatchObject({ state: 'Applied' });
    expect(calls).toHaveLength(4);
  });

  it('continues to wait while the portal is not responding', async () => {
    serve({ phase: 'Open' }, { phase: 'Applied' });
    let looks = 0;
    server.use(
      http.get(`${api}/requests`, () => {
        looks += 1;
        if (looks === 2) return new HttpResponse(null, { status: 503 });
        if (looks === 3) return HttpResponse.error();
        return undefined;
      }),
    );
    expect(await run({ waitMinutes: 1 })).toMatchObject({ state: 'Applied' });
    expect(looks).toBe(4);
  });

  it('does not wait after a refusal of the portal', async () => {
    serve({ phase: 'Open' });
    server.use(
      http.get(
        `${api}/requests`,
        () => new HttpResponse(null, { status: 403 }),
      ),
    );
    await expect(run({ waitMinutes: 1 })).rejects.toThrow(/403/);
  });

  it('continues if no one has decided in time', async () => {
    serve({ phase: 'Open' });
    expect(await run({ waitMinutes: 0.01 })).toMatchObject({ state: 'Open' });
  });

  it('fails with the message of the person who denied the request', async () => {
    const reason = 'Take the small plan.';
    const verdict = { verdict: 'deny', by: 'user:default/pia', reason };
    serve({ phase: 'Denied', verdict });
    await expect(run({ waitMinutes: 1 })).rejects.toThrow(
      'Request rates-desk-create-1 is Denied by user:default/pia: Take the small plan.',
    );
  });

  it('stops waiting when the task is cancelled', async () => {
    serve({ phase: 'Open' });
    const cancelled = new AbortController();
    const waits = run({ waitMinutes: 5 }, { signal: cancelled.signal });
    setTimeout(() => cancelled.abort(), 100);
    await expect(waits).rejects.toThrow(/abort/i);
  });

  it('passes on the words of the portal, without a stack trace', async () => {
    const message = 'name: Tenant "rates-desk" already exists';
    server.use(
      http.post(`${api}/requests`, () =>
        HttpResponse.json({ error: { message } }, { status: 400 }),
      ),
    );
    await expect(run()).rejects.toMatchObject({ message, stack: message });
  });

  it('has one definition with the portal’s API', () => {
    const { properties, required } = action.schema!.input as any;
    expect(Object.keys(properties)).toEqual([
      'name',
      'spec',
      'reason',
      'waitMinutes',
    ]);
    expect(required).toEqual(['name', 'spec', 'reason']);
    expect(Object.keys(properties.spec.properties)).toContain('environments');
    for (const { example: text } of action.examples!) {
      const [{ input }] = parse(text).steps;
      expect(Object.keys(input)).toEqual(expect.arrayContaining(required));
    }
  });
});
