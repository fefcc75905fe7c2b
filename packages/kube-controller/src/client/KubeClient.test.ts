import { KubeConnectionError, LeadershipLostError } from '../errors';
import { reconciling } from '../reconciling';
import { requestIds } from '../requestIds';
import {
  json,
  ScriptedServer,
  silence,
  type Answer,
} from '../__testUtils__/ScriptedServer';
import { KubeClient } from './KubeClient';

const sends =
  (status: number, bytes: number): Answer =>
  response =>
    response.writeHead(status).end('x'.repeat(bytes));

describe('KubeClient', () => {
  it.each([200, 503])(
    'reads no more of an answer with status %s than it may',
    async status => {
      const server = new ScriptedServer({
        lists: [sends(status, 300_000), sends(200, 1000)],
        watches: [],
      });
      const client = await server.start();
      const request = { path: '/proxy', maxBytes: 1000 };
      await expect(client.request(request)).rejects.toThrow(
        KubeConnectionError,
      );
      expect(await client.request(request)).toHaveLength(1000);
      await client.close();
    },
  );

  it('keeps the digits of integers that a number cannot hold, on request', async () => {
    const large: Answer = response =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"value":9007199254740993}');
    const server = new ScriptedServer({ lists: [large, large], watches: [] });
    const client = await server.start();
    await expect(
      client.request({ path: '/proxy', exactIntegers: true }),
    ).resolves.toEqual({ value: '9007199254740993' });
    await expect(client.request({ path: '/proxy' })).resolves.toEqual({
      value: 9007199254740992,
    });
    await client.close();
  });

  it('names the request it works for, to API servers and to pods behind them', async () => {
    const repeat: Answer = response =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(response.req.headers));
    const server = new ScriptedServer({ lists: [repeat], watches: [] });
    const client = await server.start();
    const ask = () => client.request({ path: '/proxy' });
    await expect(requestIds.run('4bf92f35', ask)).resolves.toMatchObject({
      'audit-id': '4bf92f35',
      'x-request-id': '4bf92f35',
    });
    await expect(ask()).resolves.not.toHaveProperty('audit-id');
    await client.close();
  });

  it('sends no write while it may not write, and reads all the same', async () => {
    const server = new ScriptedServer({
      lists: [json(200, { ok: true })],
      watches: [],
    });
    let leads = true;
    const client = (await server.start()).fencedBy(() => leads);
    const write = () => client.request({ method: 'DELETE', path: '/thing' });
    await write();
    leads = false;
    await expect(write()).rejects.toThrow(LeadershipLostError);
    await expect(client.request({ path: '/thing' })).resolves.toEqual({
      ok: true,
    });
    expect(server.lists).toHaveLength(2);
    await client.close();
  });

  it('aborts requests with the reconciliation that sent them', async () => {
    const server = new ScriptedServer({ lists: [silence], watches: [] });
    const client = await server.start();
    const end = new AbortController();
    const request = reconciling.run(
      { controller: 'test', key: 'a', signal: end.signal },
      () => client.request({ path: '/slow' }),
    );
    end.abort(new Error('The time is up'));
    await expect(request).rejects.toThrow('The time is up');
    await client.close();
  });

  it('reports the outcome of each request', async () => {
    const server = new ScriptedServer({
      lists: [json(200, {}), json(404, { message: 'none' })],
      watches: [],
    });
    await server.start();
    const seen: unknown[] = [];
    const client = new KubeClient({
      connection: server,
      userAgent: 'test',
      observe: ({ method, status }) => seen.push([method, status]),
    });
    await client.request({ path: '/thing' });
    await client.request({ path: '/thing' }).catch(() => {});
    expect(seen).toEqual([
      ['GET', 200],
      ['GET', 404],
    ]);
    await client.close();
  });
});
