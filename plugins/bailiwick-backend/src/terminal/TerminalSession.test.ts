import { createMockDirectory } from '@backstage/backend-test-utils';
import { KubeClient } from '@bailiwick/backstage-kube-controller';
import type { TerminalMessage } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { eventually } from '@bailiwick/backstage-testing';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { kubeconfigOf } from '../__testUtils__/kubeconfigOf';
import { ExecStream } from './ExecStream';
import { shells } from './shells';
import { TerminalSession, type TerminalLimits } from './TerminalSession';

const size = { columns: 80, rows: 24 };
const hour = 3_600_000;

/** The exec route of an API server, with each started program and its input. */
class ExecServer {
  readonly requests: IncomingMessage[] = [];
  readonly sent: string[] = [];
  /** Status of a refusal; opens otherwise. */
  refusal: number | undefined;
  #program!: WebSocket;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: offered => [...offered][0],
  });
  readonly #server = createServer();

  async listen(): Promise<string> {
    this.#server.on('upgrade', (request, socket, head) => {
      if (this.refusal) {
        const text = JSON.stringify({ message: 'exec is not for you' });
        socket.end(
          `HTTP/1.1 ${this.refusal} No\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
        );
        return;
      }
      this.requests.push(request);
      this.#sockets.handleUpgrade(request, socket, head, program => {
        this.#program = program;
        program.on('message', (bytes: Buffer) =>
          this.sent.push(`${bytes[0]} ${bytes.subarray(1)}`),
        );
      });
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  say(channel: number, text: string): void {
    this.#program.send(Buffer.from(`${String.fromCharCode(channel)}${text}`));
  }

  break(): void {
    this.#program.terminate();
  }

  get isOpen(): boolean {
    return this.#sockets.clients.size > 0;
  }

  async close(): Promise<void> {
    for (const one of this.#sockets.clients) one.terminate();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

describe('TerminalSession', () => {
  const directory = createMockDirectory();
  let server: ExecServer;
  let client: KubeClient;
  let told: TerminalMessage[];
  let ended: string[];

  beforeEach(async () => {
    server = new ExecServer();
    directory.setContent({ kubeconfig: kubeconfigOf(await server.listen()) });
    client = KubeClient.fromKubeconfig({
      path: directory.resolve('kubeconfig'),
      userAgent: 'test',
    }).as({ user: 'user:default/bea', groups: ['group:default/a', 'b'] });
    told = [];
    ended = [];
  });
  afterEach(async () => {
    await client.close();
    await server.close();
  });

  async function open(limits: Partial<TerminalLimits> = {}) {
    const session = await TerminalSession.open({
      user: 'user:default/bea',
      shells,
      size,
      limits: { idle: hour, longest: hour, ...limits },
      run: ({ command }, now) =>
        ExecStream.open(client, {
          namespace: 'desk--dev',
          pod: 'feed-1',
          container: 'app',
          command,
          size: now,
        }),
      onEnd: why => ended.push(why),
    });
    session.start(message => told.push(message));
    return session;
  }
  const output = () =>
    told
      .flatMap(one => (one.type === 'output' ? one.bytes : []))
      .map(bytes => Buffer.from(bytes, 'base64').toString())
      .join('');
  const isOver = () => eventually('It is over', () => ended.length > 0);

  it('runs a shell as the person, and carries both ways', async () => {
    const session = await open();
    const [{ headers, rawHeaders, url }] = server.requests;
    const { pathname, searchParams } = new URL(url!, 'http://server.test');
    expect(pathname).toBe('/api/v1/namespaces/desk--dev/pods/feed-1/exec');
    expect(searchParams.getAll('command')[0]).toBe('/bin/sh');
    expect(Object.fromEntries(searchParams)).toMatchObject({
      container: 'app',
      stdin: 'true',
      stdout: 'true',
      tty: 'true',
    });
    expect(headers['impersonate-user']).toBe('user:default/bea');
    expect(
      rawHeaders.filter((_, at) => rawHeaders[at - 1] === 'impersonate-group'),
    ).toEqual(['group:default/a', 'b']);
    server.say(1, '');
    server.say(1, '$ ');
    await eventually('It speaks', () => output() === '$ ');
    expect(told[0]).toEqual({
      type: 'open',
      session: session.id,
      shell: '/bin/sh',
    });
    session.write('echo ü\r');
    session.resize({ columns: 100, rows: 30 });
    await eventually('It hears', () => server.sent.length === 3);
    expect(server.sent).toEqual([
      '4 {"Width":80,"Height":24}',
      '0 echo ü\r',
      '4 {"Width":100,"Height":30}',
    ]);
    server.say(3, JSON.stringify({ status: 'Success' }));
    await isOver();
    expect(told.at(-1)).toEqual({
      type: 'end',
      why: 'The program ended (exit code 0).',
    });
  });

  it.each([
    ['/bin/sh: no such file or directory', undefined],
    ['command terminated', '127'],
  ])('tries another program if there is no shell: %s', async (...row) => {
    const [message, code] = row;
    await open();
    const causes = code && [{ reason: 'ExitCode', message: code }];
    const details = { causes };
    server.say(3, JSON.stringify({ status: 'Failure', message, details }));
    await eventually('Another one', () => server.requests.length === 2);
    expect(server.requests[1].url).toContain('command=python3');
    expect(told.at(-1)).toEqual({ type: 'shell', shell: 'python3' });
    server.say(1, '>>> ');
    await eventually('It speaks', () => output() === '>>> ');
    server.say(3, JSON.stringify({ status: 'Failure', message }));
    await isOver();
    expect(ended[0]).toContain(message);
  });

  it('ends at once on request, with its programs', async () => {
    const session = await open();
    session.end('You no longer have permission to use this terminal.');
    session.end('Once is enough.');
    expect(ended).toEqual([
      'You no longer have permission to use this terminal.',
    ]);
    server.say(1, 'too late');
    await eventually('It is closed', () => !server.isOpen, 5);
    expect(server.sent.at(-1)).toBe('0 \u0003\u0004');
    expect(output()).toBe('');
  });

  it('reports a broken connection', async () => {
    await open();
    server.break();
    await isOver();
    expect(ended).toEqual([
      'The connection to the pod was lost, or the pod was deleted.',
    ]);
  });

  it('ends without input, and after its maximum time', async () => {
    const session = await open({ idle: 200 });
    await isOver();
    expect(ended[0]).toMatch(/^The session was idle for/);
    expect(session.write('late')).toBe(true);
    await open({ longest: 200 });
    await eventually('It is over', () => ended.length === 2);
    expect(ended[1]).toMatch(/^The session reached its limit of/);
  });

  it('is refused in the words of the API server', async () => {
    server.refusal = 403;
    await expect(open()).rejects.toMatchObject({
      status: 403,
      message: 'exec is not for you',
    });
    expect(ended).toEqual([]);
  });
});
