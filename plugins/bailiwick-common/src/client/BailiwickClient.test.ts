import { BailiwickClient } from './BailiwickClient';
import { RequestFailedError } from './RequestFailedError';

/** A client whose calls end here, with one answer for all. */
function clientAnswering(status: number, body?: unknown) {
  const calls: { url: string; init: RequestInit }[] = [];
  const client = new BailiwickClient({
    discoveryApi: {
      getBaseUrl: async plugin => `http://portal.test/api/${plugin}`,
    },
    fetchApi: {
      fetch: (async (url: string, init: RequestInit) => {
        calls.push({ url, init });
        return {
          ok: status < 400,
          status,
          statusText: 'Teapot',
          json: async () => {
            if (body === undefined) throw new SyntaxError('no JSON');
            return body;
          },
        };
      }) as unknown as typeof fetch,
    },
  });
  return { client, calls };
}

describe('BailiwickClient', () => {
  it('unpacks lists', async () => {
    const { client, calls } = clientAnswering(200, { items: [{ spec: {} }] });
    await expect(client.listPlans()).resolves.toEqual([{ spec: {} }]);
    expect(calls[0].url).toBe('http://portal.test/api/bailiwick/plans');
  });

  it('sends a token and a signal when it has them', async () => {
    const { client, calls } = clientAnswering(200, {});
    const { signal } = new AbortController();
    await client.getMe({ token: 'secret', signal });
    expect(calls[0].init.signal).toBe(signal);
    expect(calls[0].init.headers).toEqual({
      Authorization: 'Bearer secret',
      traceparent: expect.anything(),
    });
  });

  it('sets the content type only with a body', async () => {
    const { client, calls } = clientAnswering(200, {});
    await client.decideRequest('r', { verdict: 'deny', reason: 'No.' });
    expect(calls[0].init.headers).toEqual({
      'Content-Type': 'application/json',
      traceparent: expect.anything(),
    });
    expect(JSON.parse(String(calls[0].init.body))).toEqual({
      verdict: 'deny',
      reason: 'No.',
    });
  });

  it('sends a preflight that creates nothing', async () => {
    const { client, calls } = clientAnswering(200, {});
    const request = { name: 'a', reason: 'b', spec: {} as never };
    await client.requestTenant(request, { dryRun: true });
    await client.requestTenant(request);
    expect(calls.map(({ url }) => new URL(url).search)).toEqual([
      '?dryRun=true',
      '',
    ]);
  });

  it('accepts an empty response', async () => {
    const { client } = clientAnswering(204);
    await expect(client.deleteApp('a', 'b')).resolves.toBeUndefined();
  });

  it('throws the words of a refusal with its status', async () => {
    const message = 'A tenant name must not contain "--"';
    const { client } = clientAnswering(400, { error: { message } });
    const refusal = await client.listApps().catch(error => error);
    expect(refusal).toBeInstanceOf(RequestFailedError);
    expect(refusal).toMatchObject({ status: 400, message });
  });

  it('reports the status of a refusal without a message', async () => {
    const { client } = clientAnswering(418);
    await expect(client.listApps()).rejects.toThrow('418 Teapot');
  });

  it('names the request in errors, as the logs of the portal do', async () => {
    const { client, calls } = clientAnswering(500);
    const error = await client.getMe().catch(reason => reason);
    const { traceparent } = calls[0].init.headers as Record<string, string>;
    expect(error.requestId).toBe(traceparent.split('-')[1]);
  });
});
