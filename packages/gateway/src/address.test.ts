import { once } from 'node:events';
import { WebSocket } from 'ws';
import { aGrant, anApp, basic, ticks, token } from './__testUtils__/objects';
import { rows, TestGateway } from './__testUtils__/TestGateway';

const host = 'feed-prod.apps.example.com';
const url = `https://${host}`;

/** The app `feed` with an address of its own in prod. */
function addressed() {
  const app = anApp();
  const [prod] = app.status!.environments!;
  prod.address = { url };
  prod.contract!.functions.push(ticks);
  return app;
}

describe('the address of an app', () => {
  const gateway = new TestGateway();
  afterEach(() => gateway.stop());

  async function serve(grant = aGrant()) {
    const server = await gateway.serve({
      served: addressed(),
      grant,
      respond: (request, response) =>
        request.url?.startsWith('/stream/')
          ? response.write('data: {"symbol":"IBM"}\n\n')
          : response.end(JSON.stringify({ rows, count: 2 })),
    });
    return (path: string, headers: Record<string, string> = {}) =>
      server.inject({
        url: path,
        headers: { host, authorization: basic(token), ...headers },
      });
  }

  it('serves the functions of the app, in all formats', async () => {
    const get = await serve();
    const json = await get('/prices?limit=2');
    expect(json.statusCode).toBe(200);
    expect(json.json()).toMatchObject({ rows });
    const csv = await get('/prices.csv', {
      host: `${host.toUpperCase()}:8443`,
    });
    expect(csv.headers['content-type']).toMatch('text/csv');
    expect(gateway.reads).toMatchObject([
      { tenant: 'desk', environment: 'prod', app: 'feed', fn: 'prices' },
      { tenant: 'desk', environment: 'prod', app: 'feed', fn: 'prices' },
    ]);
  });

  it('is behind the login, and the limits of tokens', async () => {
    const get = await serve(aGrant({ addresses: ['10.0.0.0/8'] }));
    const login = await get('/prices', { authorization: '' });
    expect(login.statusCode).toBe(401);
    expect(login.headers['www-authenticate']).toMatch(/^Basic /);
    expect((await get('/prices')).statusCode).toBe(403);
  });

  it('describes itself with its own address', async () => {
    const get = await serve();
    for (const path of ['/', '/openapi.json'])
      expect((await get(path)).json().servers).toEqual([{ url }]);
    const usual = await get('/v1/desk/prod/feed', {
      host: 'feeds.example.com',
    });
    expect(usual.json().servers).toEqual([
      { url: 'http://feeds.example.com/v1/desk/prod/feed' },
    ]);
  });

  it('leads to no other app and no other route of the gateway', async () => {
    const get = await serve();
    for (const path of [
      '/v1/desk/prod/feed/prices',
      '/odata/v1/desk/prod/feed',
      '/../other/prices',
    ])
      expect((await get(path)).statusCode).toBe(404);
    const other = await get('/prices', { host: `other.${host}` });
    expect(other.statusCode).toBe(404);
  });

  it('opens WebSockets for its own pages, and for no others', async () => {
    await serve();
    const { port } = new URL(await gateway.listen());
    const open = (origin: string) =>
      new WebSocket(`ws://127.0.0.1:${port}/ticks`, {
        origin,
        headers: { host, authorization: basic(token) },
      });
    const socket = open(url);
    const [message] = await once(socket, 'message');
    expect(String(message)).toContain('IBM');
    socket.terminate();
    const [error] = await once(open('https://elsewhere.example'), 'error');
    expect(String(error)).toContain('403');
  });
});
