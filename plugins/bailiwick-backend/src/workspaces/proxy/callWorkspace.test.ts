import { eventually } from '@bailiwick/backstage-testing';
import { json } from 'node:stream/consumers';
import { Pod } from './__testUtils__/Pod';
import { callWorkspace } from './callWorkspace';

const closed = (pod: Pod) =>
  eventually('The connections are closed', () =>
    pod.connections.every(one => one.destroyed),
  );

describe('callWorkspace', () => {
  let pod: Pod;

  beforeEach(async () => {
    pod = new Pod();
    await pod.start();
  });
  afterEach(() => pod.stop());

  it('sends and returns JSON, over a connection of its own', async () => {
    pod.answer = async (req, res) =>
      res.writeHead(201).end(JSON.stringify({ got: await json(req) }));
    const answer = await callWorkspace(pod.connect, {
      method: 'POST',
      path: '/bailiwick/files',
      body: { name: 'prices.py' },
    });
    expect(answer).toEqual({
      status: 201,
      body: { got: { name: 'prices.py' } },
    });
    expect(pod.requests[0].url).toBe('/bailiwick/files');
    await closed(pod);
  });

  it('returns no body for an empty response', async () => {
    pod.answer = (_req, res) => res.writeHead(204).end();
    expect(
      await callWorkspace(pod.connect, { method: 'DELETE', path: '/x' }),
    ).toEqual({ status: 204, body: undefined });
  });

  it('refuses a response that is not JSON', async () => {
    await expect(
      callWorkspace(pod.connect, { method: 'GET', path: '/x' }),
    ).rejects.toThrow('its response is not JSON');
  });

  it('refuses a response of more than 32 MiB', async () => {
    pod.answer = (_req, res) => res.end(Buffer.alloc(33 * 2 ** 20, ' '));
    await expect(
      callWorkspace(pod.connect, { method: 'GET', path: '/x' }),
    ).rejects.toThrow('its response exceeds 32 MiB');
    await closed(pod);
  });

  it('ends with its timeout, also while the connection opens', async () => {
    pod.answer = (_req, res) => res.write('{');
    for (const connect of [pod.connect, () => new Promise<never>(() => {})])
      await expect(
        callWorkspace(connect, { method: 'GET', path: '/x', timeout: 50 }),
      ).rejects.toMatchObject({
        name: 'WorkspaceCallError',
        message: expect.stringContaining('longer than 0.05 s'),
      });
    await closed(pod);
  });

  it('ends with its signal', async () => {
    const abort = new AbortController();
    pod.answer = () => abort.abort(new Error('The run was cancelled'));
    await expect(
      callWorkspace(pod.connect, {
        method: 'GET',
        path: '/x',
        signal: abort.signal,
      }),
    ).rejects.toThrow('The run was cancelled');
  });

  it('throws the error of the connection', async () => {
    const refused = new Error('Port 8888 is unreachable');
    await expect(
      callWorkspace(() => Promise.reject(refused), {
        method: 'GET',
        path: '/x',
      }),
    ).rejects.toBe(refused);
  });
});
