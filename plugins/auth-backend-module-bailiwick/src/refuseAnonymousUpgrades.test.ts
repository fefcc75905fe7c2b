import { once } from 'node:events';
import { request, type ClientRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  mockCredentials,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { refuseAnonymousUpgrades } from './refuseAnonymousUpgrades';

describe('refuseAnonymousUpgrades', () => {
  const departed = mockCredentials.user.token('user:default/departed');
  let backend: TestBackend;

  /** Requests a WebSocket of the signals plugin. */
  function upgrade(token?: string): ClientRequest {
    const { port } = backend.server.address() as AddressInfo;
    return request({
      port,
      path: '/api/signals',
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...(token && { 'Sec-WebSocket-Protocol': token }),
      },
    }).end();
  }

  /** Status of the answer; 101 for a WebSocket. */
  async function answer(token?: string): Promise<number | undefined> {
    const asked = upgrade(token);
    const [{ socket, statusCode }] = await Promise.race([
      once(asked, 'upgrade'),
      once(asked, 'response'),
    ]);
    socket.destroy();
    return statusCode;
  }

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [import('@backstage/plugin-signals-backend')],
    });
    refuseAnonymousUpgrades(backend.server, (token, socket) => {
      if (token === departed) socket.destroy();
    });
    // The first request makes the plugin listen, and gets no response.
    const first = upgrade().on('error', () => {});
    await new Promise<void>(resolve =>
      backend.server.on('newListener', event => {
        if (event === 'upgrade') resolve();
      }),
    );
    first.destroy();
  }, 60_000);
  afterAll(() => backend?.stop(), 60_000);

  it('accepts WebSockets of signed-in people', async () => {
    expect(await answer(mockCredentials.user.token())).toBe(101);
  });

  it('rejects WebSockets of people who have not signed in', async () => {
    expect(await answer()).toBe(401);
    expect(await answer('not-a-token')).toBe(401);
  });

  it('passes tokens on to the guard, which can close the WebSocket', async () => {
    await expect(answer(departed)).rejects.toThrow('socket hang up');
  });
});
