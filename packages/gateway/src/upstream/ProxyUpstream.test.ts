import { KubeClient } from '@bailiwick/backstage-kube-controller';
import { ProxyUpstream } from './ProxyUpstream';

const call = {
  tenant: 'desk',
  environment: 'prod',
  app: 'feed',
  fn: 'prices',
  parameters: { limit: 1 },
  id: 'r-1',
};

describe('ProxyUpstream', () => {
  const sent: { path: string; headers: object }[] = [];

  /** Returns an upstream whose API server returns one response, at the wire. */
  function upstreamOn(status: number, body: unknown): ProxyUpstream {
    const text = JSON.stringify(body);
    const client = new KubeClient({
      userAgent: 'test',
      connection: {
        server: 'https://127.0.0.1:6443',
        close: async () => {},
        send: async ({ path, headers }) => {
          sent.push({ path, headers });
          return {
            status,
            headers: {},
            body: {
              async *[Symbol.asyncIterator]() {
                yield Buffer.from(text);
              },
              text: async () => text,
              destroy: () => {},
            },
          };
        },
      },
    });
    return new ProxyUpstream({
      client,
      timeout: 1_000,
      services: {
        serviceAddress: () => ({ host: '10.0.0.1', port: 80 }),
      },
    });
  }

  it('requests the port of the service from the API server', async () => {
    const answer = await upstreamOn(200, { value: 1 }).ask('call', call);
    expect(await answer.body.text()).toBe('{"value":1}');
    expect(sent).toEqual([
      {
        path: '/api/v1/namespaces/desk--prod/services/feed:80/proxy/call/prices',
        headers: expect.objectContaining({ 'x-request-id': 'r-1' }),
      },
    ]);
  });

  it('requests a stream with the number of the last row', async () => {
    sent.length = 0;
    const resumed = { ...call, lastEventId: '7' };
    await upstreamOn(200, {}).ask('stream', resumed);
    expect(sent).toEqual([
      {
        path: '/api/v1/namespaces/desk--prod/services/feed:80/proxy/stream/prices',
        headers: expect.objectContaining({ 'last-event-id': '7' }),
      },
    ]);
  });

  it('keeps the words with which an app refuses', async () => {
    const error = { type: 'too-many-rows', message: 'Narrow the call' };
    await expect(
      upstreamOn(413, { error }).ask('call', call),
    ).rejects.toMatchObject({
      status: 413,
      ...error,
    });
  });

  it.each([
    [503, 'ServiceUnavailable', 'app-not-running'],
    [404, 'NotFound', 'app-not-running'],
    [504, 'Timeout', 'app-too-slow'],
  ])('maps %i %s of the API server to %s', async (code, reason, type) => {
    const status = { kind: 'Status', message: 'no endpoints', reason, code };
    await expect(
      upstreamOn(code, status).ask('call', call),
    ).rejects.toMatchObject({
      type,
    });
  });
});
