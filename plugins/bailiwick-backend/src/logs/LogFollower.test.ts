import { createMockDirectory } from '@backstage/backend-test-utils';
import { KubeClient, type Pod } from '@bailiwick/backstage-kube-controller';
import type {
  LogMessage,
  LogView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { eventually } from '@bailiwick/backstage-testing';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { kubeconfigOf } from '../__testUtils__/kubeconfigOf';
import { LogFollower } from './LogFollower';
import { logQuery } from './logQuery';
import { sourcesOf } from './LogSource';
import { readLog } from './readLog';

const second = (at: number) =>
  `2026-11-20T08:00:${String(at).padStart(2, '0')}.000000000Z`;

/** Answers as the log routes of an API server do, over the wire. */
class LogServer {
  readonly #server: Server;
  readonly #written = new Map<string, string[]>();
  readonly #followers = new Map<string, Set<ServerResponse>>();
  refuses = false;

  constructor() {
    this.#server = createServer(({ url = '' }, response) => {
      const { pathname, searchParams } = new URL(url, 'http://server.test');
      const [, pod] = /pods\/([^/]+)\/log/.exec(pathname) ?? [];
      const lines = this.#written.get(pod ?? '');
      if (this.refuses || !lines) {
        const code = this.refuses ? 403 : 404;
        response.writeHead(code, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ code, message: 'no log' }));
        return;
      }
      const since = searchParams.get('sinceTime');
      const tail = Number(searchParams.get('tailLines') ?? lines.length);
      // It has whole seconds only, and repeats the named one.
      const from = lines.filter(line => !since || line >= since);
      response.write(from.slice(-tail).join(''));
      if (searchParams.get('follow') === 'true') {
        const followers = this.#followers.get(pod)!;
        followers.add(response);
        response.on('close', () => followers.delete(response));
      } else response.end();
    });
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  write(pod: string, at: number, text: string): void {
    const line = `${second(at)} ${text}\n`;
    if (!this.#written.has(pod)) {
      this.#written.set(pod, []);
      this.#followers.set(pod, new Set());
    }
    this.#written.get(pod)!.push(line);
    for (const one of this.#followers.get(pod)!) one.write(line);
  }

  /** Writes a line without a time, as the kubelet does for its own messages. */
  say(pod: string, text: string): void {
    for (const one of this.#followers.get(pod)!) one.write(`${text}\n`);
  }

  /** Ends the streams of a pod, as at the end of its container. */
  end(pod: string): void {
    for (const one of this.#followers.get(pod)!) one.end();
    this.#followers.get(pod)!.clear();
  }

  isFollowed(pod: string): boolean {
    return (this.#followers.get(pod)?.size ?? 0) > 0;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

function aPod(name: string, restartCount = 0): Pod {
  const state = { running: { startedAt: second(0) } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'desk--dev' },
    status: {
      containerStatuses: [{ name: 'app', ready: true, restartCount, state }],
    },
  };
}

describe('the logs of several pods', () => {
  const server = new LogServer();
  const directory = createMockDirectory();
  let client: KubeClient;
  let pods: Pod[];
  let told: LogMessage[];
  let changed: () => void;
  let stop: AbortController;
  const selection = logQuery.parse({ tail: '4' });

  beforeAll(async () => {
    const address = await server.listen();
    directory.setContent({ kubeconfig: kubeconfigOf(address) });
    client = KubeClient.fromKubeconfig({
      path: directory.resolve('kubeconfig'),
      userAgent: 'test',
    });
  });
  afterAll(async () => {
    await client.close();
    await server.close();
  });
  beforeEach(() => {
    told = [];
    stop = new AbortController();
    server.refuses = false;
  });
  afterEach(() => stop.abort());

  const read = () => readLog(client, sourcesOf(pods), selection, stop.signal);
  const textsOf = (message: LogMessage) =>
    'lines' in message ? message.lines.map(({ text }) => text) : [];
  const texts = () => told.flatMap(textsOf);

  function follow(first: LogView): Promise<void> {
    const follower = new LogFollower({
      client,
      selection,
      first,
      sources: () => sourcesOf(pods),
      most: 2,
      onChange(listener) {
        changed = listener;
        return () => {};
      },
      async send(message) {
        told.push(message);
      },
      signal: stop.signal,
    });
    return follower.run();
  }

  it('are merged into one log by time, with the requested length', async () => {
    pods = [aPod('one'), aPod('two'), aPod('gone')];
    for (const at of [1, 3, 5]) server.write('one', at, `one ${at}`);
    for (const at of [2, 4]) server.write('two', at, `two \u001b[1m${at}`);
    const { lines, notes } = await read();
    expect(lines.map(({ text }) => text)).toEqual([
      'two 2',
      'one 3',
      'two 4',
      'one 5',
    ]);
    expect(notes).toEqual(['gone: no log']);
  });

  it('are not followed any more when there are too many younger ones', async () => {
    pods = ['many-1', 'many-2'].map(name => aPod(name));
    for (const { metadata } of pods) server.write(metadata.name, 1, 'begun');
    const ended = follow(await read());
    await eventually('It follows', () => server.isFollowed('many-1'));
    server.write('many-3', 2, 'the youngest');
    pods = [aPod('many-3'), ...pods];
    changed();
    await eventually('It turns', () => server.isFollowed('many-3'));
    await eventually('It lets go', () => !server.isFollowed('many-2'));
    expect(server.isFollowed('many-1')).toBe(true);
    expect(told.filter(({ type }) => type === 'pods')).toEqual([
      {
        type: 'pods',
        came: ['many-3'],
        went: [],
        notes: ['Showing logs of the 2 newest containers; 1 more are hidden.'],
      },
    ]);
    stop.abort();
    await ended;
  });

  it('are followed while pods start and end, without repeated lines', async () => {
    pods = [aPod('three')];
    server.write('three', 1, 'first');
    const ended = follow(await read());
    await eventually('It follows', () => server.isFollowed('three'));
    server.say('three', 'unable to retrieve container logs for x');
    server.write('three', 2, 'second');
    await eventually('The line came', () => texts().includes('second'));
    server.write('four', 3, 'of another');
    pods = [aPod('three'), aPod('four')];
    changed();
    await eventually('The other one', () => texts().includes('of another'));
    // Its container is restarted, and the log continues.
    server.end('three');
    pods = [aPod('three', 1), aPod('four')];
    server.write('three', 4, 'after the restart');
    await eventually('It goes on', () => texts().includes('after the restart'));
    pods = [aPod('four')];
    changed();
    stop.abort();
    await ended;
    expect(texts()).toEqual([
      'first',
      'second',
      'of another',
      'after the restart',
    ]);
    expect(told.filter(({ type }) => type === 'pods')).toEqual([
      { type: 'pods', came: ['four'], went: [], notes: [] },
      { type: 'pods', came: [], went: ['three'], notes: [] },
    ]);
  });

  it('end with the right to read them', async () => {
    pods = [aPod('five')];
    server.write('five', 1, 'seen');
    const ended = follow(await read());
    await eventually('It follows', () => server.isFollowed('five'));
    server.refuses = true;
    server.end('five');
    await expect(ended).rejects.toThrow('no log');
  });
});
