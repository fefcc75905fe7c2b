import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import { EventEmitter, once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { limitRequests } from './limitRequests';

describe('limitRequests', () => {
  let server: Server;
  /** Emits `closed` for each stream that ends. */
  const closed = new EventEmitter();
  beforeAll(() => {
    const httpAuth = mockServices.httpAuth({
      defaultCredentials: mockCredentials.none(),
    });
    server = express()
      .use(limitRequests(httpAuth, { requests: 3, seconds: 60, open: 2 }))
      .get('/thing', (_req, res) => res.json({ ok: true }))
      .get('/stream', (_req, res) => {
        res.write('begin\n');
        res.once('close', () => closed.emit('closed'));
      })
      .listen(0);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = (authorization?: string, path = 'thing', signal?: AbortSignal) =>
    fetch(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`,
      { headers: authorization ? { authorization } : {}, signal },
    );
  const askAs = (name: string) =>
    ask(mockCredentials.user.header(`user:default/${name}`));

  it('rejects requests above the limit of a person, with the time of the next one', async () => {
    for (let turn = 0; turn < 3; turn += 1)
      expect((await askAs('tom')).status).toBe(200);
    const refused = await askAs('tom');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await refused.json()).error.message).toMatch(
      /^You sent more than 3 requests within 60 s. Try again in \d+ s.$/,
    );
    expect((await askAs('bea')).status).toBe(200);
  });

  it('rejects requests of a person with too many open ones, until one ends', async () => {
    const uma = mockCredentials.user.header('user:default/uma');
    const ends = [new AbortController(), new AbortController()];
    for (const { signal } of ends)
      expect((await ask(uma, 'stream', signal)).status).toBe(200);
    const refused = await ask(uma);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('10');
    expect((await refused.json()).error.message).toMatch(
      /^You have 2 open connections to the portal, .* Close some of its pages/,
    );
    expect((await askAs('vera')).status).toBe(200);
    ends[0].abort();
    ends[1].abort();
  });

  it('counts requests as open only until they end', async () => {
    const will = mockCredentials.user.header('user:default/will');
    const [first, second] = [new AbortController(), new AbortController()];
    await ask(will, 'stream', first.signal);
    const ended = once(closed, 'closed');
    first.abort();
    await ended;
    await ask(will, 'stream', second.signal);
    const last = await ask(will);
    second.abort();
    expect(last.status).toBe(200);
  });

  it.each([
    ['other plugins', mockCredentials.service.header()],
    ['git clients, which bring a token of their own', undefined],
    ['wrong credentials, which the route refuses', 'Bearer wrong'],
  ])('does not limit %s', async (_who, header) => {
    for (let turn = 0; turn < 5; turn += 1)
      expect((await ask(header)).status).toBe(200);
  });
});
