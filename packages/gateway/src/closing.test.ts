import { Agent, request } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { json as readJson } from 'node:stream/consumers';
import { basic, token } from './__testUtils__/objects';
import { rows, TestGateway } from './__testUtils__/TestGateway';

describe('a gateway that closes', () => {
  const gateway = new TestGateway();
  /** A client that keeps one connection. */
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  afterEach(async () => {
    agent.destroy();
    await gateway.stop();
  });

  async function get(address: string): Promise<IncomingMessage> {
    const sent = request(`${address}/v1/desk/prod/feed/prices`, {
      agent,
      headers: { authorization: basic(token) },
    });
    sent.end();
    const [response] = await once(sent, 'response');
    return response;
  }

  it('answers requests on open connections, and asks clients to close them', async () => {
    const server = await gateway.serve({ drainTimeout: 30_000 });
    const address = await gateway.listen();
    const before = await get(address);
    await readJson(before);
    expect(before.headers.connection).toBe('keep-alive');

    const closed = server.close();
    const response = await get(address);
    expect(response.statusCode).toBe(200);
    expect(response.headers.connection).toBe('close');
    expect(await readJson(response)).toMatchObject({ rows });
    // The client has closed its connection, so nothing waits for the end of the time.
    await closed;
  });
});
