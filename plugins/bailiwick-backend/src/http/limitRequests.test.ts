import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { limitRequests } from './limitRequests';

describe('limitRequests', () => {
  let server: Server;
  beforeAll(() => {
    const httpAuth = mockServices.httpAuth({
      defaultCredentials: mockCredentials.none(),
    });
    server = express()
      .use(limitRequests(httpAuth, { requests: 3, seconds: 60 }))
      .get('/thing', (_req, res) => res.json({ ok: true }))
      .listen(0);
  });
  afterAll(() => {
    server.close();
  });

  const ask = (authorization?: string) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/thing`, {
      headers: authorization ? { authorization } : {},
    });
  const askAs = (name: string) =>
    ask(mockCredentials.user.header(`user:default/${name}`));

  it('refuses what a person sends above the limit, and says when to retry', async () => {
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

  it.each([
    ['other plugins', mockCredentials.service.header()],
    ['git clients, which bring a token of their own', undefined],
    ['wrong credentials, which the route refuses', 'Bearer wrong'],
  ])('does not limit %s', async (_who, header) => {
    for (let turn = 0; turn < 5; turn += 1)
      expect((await ask(header)).status).toBe(200);
  });
});
