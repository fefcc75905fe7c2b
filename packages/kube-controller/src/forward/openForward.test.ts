import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { buffer, text } from 'node:stream/consumers';
import type { WebSocket } from 'ws';
import { ForwardServer, send } from '../__testUtils__/ForwardServer';
import type { KubeClient } from '../client';
import { openForward } from './openForward';

const MiB = 2 ** 20;

describe('openForward', () => {
  let server: ForwardServer;
  let client: KubeClient;
  let forwards: WebSocket[];

  beforeEach(async () => {
    server = new ForwardServer();
    forwards = [];
    server.onConnection = socket => forwards.push(socket);
    const own = await server.start();
    client = own.as({ user: 'user:default/bea', groups: ['a', 'b'] });
  });
  afterEach(() => client.close());

  const open = (): Promise<Duplex> =>
    openForward(client, { namespace: 'desk--dev', pod: 'work-0', port: 8888 });

  it('asks for the port as the person', async () => {
    const stream = await open();
    const [{ headers, url }] = server.requests;
    expect(url).toBe(
      '/api/v1/namespaces/desk--dev/pods/work-0/portforward?ports=8888',
    );
    expect(headers).toMatchObject({
      'impersonate-user': 'user:default/bea',
      'sec-websocket-protocol': 'v4.channel.k8s.io',
    });
    stream.destroy();
  });

  it('carries bytes both ways without the port numbers', async () => {
    server.onConnection = socket =>
      socket.on('message', (bytes: Buffer) => {
        expect(bytes[0]).toBe(0);
        send(socket, 0, `<${bytes.subarray(1)}>`);
        socket.close();
      });
    const stream = await open();
    const closed = once(stream, 'close');
    stream.write('hello');
    expect(await text(stream)).toBe('<hello>');
    await closed;
  });

  it('splits long writes', async () => {
    const stream = await open();
    const parts: Buffer[] = [];
    forwards[0].on('message', (bytes: Buffer) => parts.push(bytes.subarray(1)));
    const sent = Buffer.alloc(MiB, 'abc');
    stream.end(sent);
    await once(forwards[0], 'close');
    expect(parts.length).toBeGreaterThan(1);
    expect(Buffer.concat(parts).equals(sent)).toBe(true);
  });

  it('fails when nothing listens on the port', async () => {
    server.onConnection = socket =>
      setImmediate(() =>
        send(
          socket,
          1,
          'error forwarding port 8888: dial tcp4 127.0.0.1:8888: connect: connection refused',
        ),
      );
    const stream = await open();
    const [error] = await once(stream, 'error');
    expect(error).toMatchObject({
      name: 'PortForwardError',
      message: 'Port 8888 of pod work-0 is unreachable: connection refused',
      isRefused: true,
    });
  });

  it.each([403, 404])('rejects a refusal with status %d', async status => {
    server.refusal = status;
    await expect(open()).rejects.toMatchObject({
      name: 'KubeApiError',
      status,
      message: 'port-forward is not for you',
    });
  });

  it('closes the connection when the stream is destroyed', async () => {
    const stream = await open();
    const closed = once(forwards[0], 'close');
    stream.destroy();
    await closed;
    expect(forwards[0].readyState).toBe(forwards[0].CLOSED);
  });

  it('fails a write to a closed connection', async () => {
    const stream = await open();
    const failed = once(stream, 'error');
    forwards[0].terminate();
    const write = () => stream.write('hello', error => error || write());
    write();
    expect(await failed).toEqual([expect.any(Error)]);
    expect(stream.destroyed).toBe(true);
  });

  it('ends when the connection breaks', async () => {
    const stream = await open();
    const read = buffer(stream);
    send(forwards[0], 0, 'part');
    await turn();
    forwards[0].close();
    expect(String(await read)).toBe('part');
  });

  it('lets the pod wait for a reader', async () => {
    const total = 64 * MiB;
    let sent = 0;
    server.onConnection = socket => {
      const more = () => {
        if (sent >= total) return socket.close();
        sent += MiB;
        return socket.send(
          Buffer.concat([Buffer.of(0), Buffer.alloc(MiB)]),
          more,
        );
      };
      // The port numbers come first.
      setImmediate(more);
    };
    const stream = await open();
    await once(stream, 'readable');
    await untilConstant(() => sent);
    expect(sent).toBeLessThan(total / 2);
    let received = 0;
    for await (const bytes of stream) received += bytes.length;
    expect(received).toBe(total);
  });

  it('lets a writer wait for the pod', async () => {
    const stream = await open();
    forwards[0].pause();
    let accepted = 0;
    const part = Buffer.alloc(MiB);
    const write = () =>
      stream.write(part, error => {
        accepted += 1;
        if (!error && accepted < 64) write();
      });
    write();
    await untilConstant(() => accepted);
    expect(accepted).toBeLessThan(32);
    stream.on('error', () => {});
    stream.destroy();
  });
});

/** Waits until a count has not changed for 50 turns of the event loop with I/O. */
async function untilConstant(count: () => number): Promise<void> {
  let last = -1;
  for (let same = 0; same < 50; ) {
    same = count() === last ? same + 1 : 0;
    last = count();
    await new Promise(resolve => setTimeout(resolve, 2));
  }
}
