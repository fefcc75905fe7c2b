import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent } from 'undici';
import { LeadershipLostError } from '../errors';
import { fenceRequests } from './fenceRequests';

describe('fenceRequests', () => {
  let server: Server;
  let origin: string;
  let requests: number;

  beforeEach(async () => {
    requests = 0;
    server = createServer((_, response) => {
      requests += 1;
      response.end('{}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  /** Sends a request over a connection that is ready only after `wait`. */
  async function ask(maySend: () => boolean, wait: Promise<unknown>) {
    const agent = new Agent({
      connect: async ({ hostname, port }, done) => {
        await wait;
        const socket = connect(Number(port), hostname);
        socket.once('connect', () => done(null, socket));
      },
    });
    const options = { origin, path: '/', method: 'POST' as const, maySend };
    try {
      const { body } = await agent.compose(fenceRequests).request(options);
      return await body.text();
    } finally {
      await agent.destroy();
    }
  }

  it('sends nothing if the lease is lost while the request waits for a connection', async () => {
    let holds = true;
    const lost = pause(50).then(() => {
      holds = false;
    });
    await expect(ask(() => holds, lost)).rejects.toThrow(LeadershipLostError);
    expect(requests).toBe(0);
  });

  it('sends permitted requests, and returns the response', async () => {
    expect(await ask(() => true, pause(50))).toBe('{}');
    expect(requests).toBe(1);
  });
});
