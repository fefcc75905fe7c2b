import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { disconnectStalled } from './delivery';
import { basic, token } from './__testUtils__/objects';
import { rows, TestGateway } from './__testUtils__/TestGateway';

const path = '/v1/desk/prod/feed/prices';
const login = `Authorization: ${basic(token)}`;

describe('hostile requests', () => {
  const gateway = new TestGateway();
  afterEach(() => gateway.stop());

  /** Sends lines of a request on a connection of its own, and returns the response. */
  async function send(lines: string[], body = ''): Promise<string> {
    const { port } = new URL(await gateway.listen());
    const socket = connect(Number(port), '127.0.0.1');
    socket.write([...lines, 'Connection: close', '', body].join('\r\n'));
    return text(socket);
  }

  it.each([
    ['two hosts', ['Host: a.example', 'Host: b.example']],
    ['markup in the host', ['Host: evil.example/"<script>']],
    ['a user in the host', ['Host: a.example@b.example']],
  ])('are refused with %s, which is not repeated', async (_, hosts) => {
    await gateway.serve();
    const response = await send([`GET ${path} HTTP/1.1`, ...hosts, login]);
    expect(response).toMatch(/^HTTP\/1\.1 400 /);
    expect(response).toContain('"type":"invalid-host"');
    expect(response).not.toMatch(/evil|example/);
  });

  it('are refused without a host', async () => {
    await gateway.serve();
    expect(await send([`GET ${path} HTTP/1.0`, login])).toContain(
      '"type":"invalid-host"',
    );
  });

  it('cannot hide another request in their body', async () => {
    await gateway.serve();
    const response = await send(
      [
        'POST /mcp/desk/prod/feed HTTP/1.1',
        'Host: gateway.test',
        login,
        'Content-Type: application/json',
        'Content-Length: 6',
        'Transfer-Encoding: chunked',
      ],
      `0\r\n\r\nGET ${path} HTTP/1.1\r\nHost: gateway.test\r\n\r\n`,
    );
    expect(response.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
    expect(response).toMatch(/^HTTP\/1\.1 400 /);
    expect(gateway.app!.calls).toEqual([]);
  });

  it('get a timeout if they arrive too slowly', async () => {
    await gateway.serve({ requestTimeout: 200 });
    const { port } = new URL(await gateway.listen());
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: gateway.test\r\n`);
    const drops = setInterval(() => socket.write('X-Slow: 1\r\n'), 50);
    const response = await text(socket);
    clearInterval(drops);
    expect(response).toMatch(/^HTTP\/1\.1 408 /);
    expect(response).toContain('"type":"request-too-slow"');
  });

  it('are not unpacked', async () => {
    const server = await gateway.serve();
    const bomb = gzipSync(Buffer.alloc(100 * 2 ** 20));
    const before = process.memoryUsage.rss();
    const response = await server.inject({
      method: 'POST',
      url: '/mcp/desk/prod/feed',
      headers: {
        authorization: basic(token),
        'content-encoding': 'gzip',
        'content-type': 'application/json',
      },
      payload: bomb,
    });
    expect(response.statusCode).toBe(400);
    expect(process.memoryUsage.rss() - before).toBeLessThan(50 * 2 ** 20);
  });
});

describe('disconnectStalled', () => {
  afterEach(() => jest.useRealTimers());

  it('disconnects a reader that accepts nothing, and no other', async () => {
    jest.useFakeTimers();
    const raw = { destroy: jest.fn() };
    async function* parts() {
      yield* rows;
    }
    const body = disconnectStalled(parts(), { raw } as never, 1_000);
    await body.next();
    await jest.advanceTimersByTimeAsync(900);
    await body.next();
    await jest.advanceTimersByTimeAsync(900);
    expect(raw.destroy).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(100);
    expect(raw.destroy).toHaveBeenCalledTimes(1);
    await body.return(undefined);
  });
});
