/** @jest-environment node */
import { readState, startOf } from '@bailiwick/backstage-local-cluster';
import { type StackState, writeStackState } from '@bailiwick/backstage-cli';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reset } from './reset';
import { start } from './start';
import { status } from './status';
import { stop } from './stop';

describe('commands about a data folder', () => {
  let dataDir: string;
  let other: ChildProcess | undefined;
  let said: string[];

  const file = (name: string) => join(dataDir, name);
  const args = () => ['--data-dir', dataDir];

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'stack-'));
    writeFileSync(file('.bailiwick'), '');
    said = [];
    jest
      .spyOn(process.stderr, 'write')
      .mockImplementation(text => Boolean(said.push(String(text))));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    other?.kill('SIGKILL');
    other = undefined;
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Another process that starts Bailiwick there. */
  function startOther(): number {
    other = spawn('sleep', ['600']);
    const { pid } = other;
    const claim = { pid, started: startOf(pid!) };
    writeFileSync(file('stack.lock'), JSON.stringify(claim));
    return pid!;
  }

  it('start: names the process of a start in progress, and keeps its log', async () => {
    const pid = startOther();
    mkdirSync(file('logs'));
    writeFileSync(file('logs/start.log'), 'the first start\n');
    for (const more of [[], ['--detach']])
      await expect(start([...args(), ...more])).rejects.toMatchObject({
        message: `Process ${pid} is already running or starting Bailiwick in ${dataDir}.`,
        remedy: expect.stringContaining('npm stop'),
      });
    expect(readFileSync(file('logs/start.log'), 'utf8')).toBe(
      'the first start\n',
    );
  });

  it.each([
    ['leading', 'leading\n', 0],
    ['standing by', 'standing by\n', 0],
    ['not responding', undefined, 1],
  ])('status: names the operator as %s', async (role, answer, code) => {
    const server = createServer((_request, response) => {
      if (answer) response.end(answer);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { pid } = process;
    const part = { name: 'operator', pid, ready: true, seconds: 1 };
    writeStackState(file('stack.json'), {
      pid,
      processStart: startOf(pid),
      ready: true,
      startedAt: '',
      addresses: { operator: `http://127.0.0.1:${port}` },
      kubeconfig: '',
      parts: [part],
    });
    let printed = '';
    jest
      .spyOn(process.stdout, 'write')
      .mockImplementation(text => Boolean((printed += text)));
    try {
      expect(await status(args())).toBe(code);
      expect(printed.split('\n')[0]).toMatch(new RegExp(` ${role}$`));
      printed = '';
      expect(await status([...args(), '--json'])).toBe(code);
      expect(JSON.parse(printed)).toMatchObject({
        ready: code === 0,
        operator: role,
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('status: does not report a leading operator while the cluster is not responding', async () => {
    const server = createServer((_request, response) => {
      response.end('leading\n');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const kubeconfig = file('admin.kubeconfig');
    writeFileSync(
      kubeconfig,
      JSON.stringify({
        'current-context': 'local',
        contexts: [
          { name: 'local', context: { cluster: 'local', user: 'admin' } },
        ],
        // Nothing listens on port 1.
        clusters: [
          { name: 'local', cluster: { server: 'https://127.0.0.1:1' } },
        ],
        users: [{ name: 'admin', user: { token: 'none' } }],
      }),
    );
    const { pid } = process;
    const part = { pid, ready: true, seconds: 1.8 };
    writeStackState(file('stack.json'), {
      pid,
      processStart: startOf(pid),
      ready: true,
      startedAt: '',
      addresses: { operator: `http://127.0.0.1:${port}` },
      kubeconfig,
      parts: [
        { name: 'cluster', ...part },
        { name: 'operator', ...part },
      ],
    });
    let printed = '';
    jest
      .spyOn(process.stdout, 'write')
      .mockImplementation(text => Boolean((printed += text)));
    try {
      expect(await status(args())).toBe(1);
      const [cluster, operator] = printed.split('\n');
      expect(cluster).toMatch(/^cluster +not ready .* not responding$/);
      expect(operator).toMatch(/ unknown: the cluster does not respond$/);
      printed = '';
      expect(await status([...args(), '--json'])).toBe(1);
      expect(JSON.parse(printed)).toMatchObject({
        ready: false,
        operator: 'unknown',
        parts: [
          { name: 'cluster', ready: false },
          { name: 'operator', ready: true },
        ],
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  describe('status: of a supervisor that has ended', () => {
    let printed: string;
    beforeEach(() => {
      printed = '';
      jest
        .spyOn(process.stdout, 'write')
        .mockImplementation(text => Boolean((printed += text)));
    });

    const writeState = (part: Partial<StackState['parts'][number]>) =>
      writeStackState(file('stack.json'), {
        pid: process.pid,
        processStart: 'an earlier process',
        ready: true,
        startedAt: '',
        addresses: {},
        kubeconfig: '',
        parts: [{ name: 'gateway', ready: true, ...part }],
      });

    it('names running processes and how to stop them', async () => {
      const pid = startOther();
      mkdirSync(file('cluster-local'));
      renameSync(file('stack.lock'), file('cluster-local/supervisor.lock'));
      const processStart = startOf(process.pid);
      writeState({ pid: process.pid, processStart });
      expect(await status(args())).toBe(1);
      expect(printed).toBe(
        `Bailiwick is not running, but some of its processes are: cluster (process ${pid}), gateway (process ${process.pid}).\n` +
          `Stop them with: npm stop -- --data-dir ${dataDir}\n`,
      );
    });

    it('does not mistake a later process for a part, and explains how to start it', async () => {
      writeState({ pid: process.pid, processStart: 'an earlier process' });
      expect(await status(args())).toBe(1);
      expect(printed).toBe(
        `Bailiwick is not running. Start it with: npm start -- --data-dir ${dataDir}\n`,
      );
    });
  });

  it('start: names a damaged database and the lost data, and starts nothing', async () => {
    mkdirSync(file('portal'));
    writeFileSync(file('portal/catalog.sqlite'), 'damaged'.repeat(1000));
    await expect(
      start([...args(), '--port-base', '28700']),
    ).rejects.toMatchObject({
      message: expect.stringContaining(
        `${file('portal/catalog.sqlite')} is damaged`,
      ),
      remedy: expect.stringContaining('the catalog is rebuilt'),
    });
    expect(existsSync(file('stack.json'))).toBe(false);
    expect(existsSync(file('stack.lock'))).toBe(false);
  });

  it('stop: ends a start that has written no state yet', async () => {
    startOther();
    expect(await stop(args())).toBe(0);
    expect(other?.signalCode ?? other?.exitCode).toBe('SIGTERM');
    expect(said.join('')).toContain('Bailiwick is stopped');
    expect(existsSync(file('stack.lock'))).toBe(false);
  });

  describe.each(['', '{"pid": 12, "pro', 'null', '{}'])(
    'damaged as %j',
    content => {
      beforeEach(() => {
        mkdirSync(file('cluster-local'));
        for (const name of [
          'stack.json',
          'stack.lock',
          'cluster-local/state.json',
          'cluster-local/supervisor.lock',
          'cluster-local/cell.json',
          'cluster-local/network.json',
          'cluster-local/images.json',
        ])
          writeFileSync(file(name), content);
      });

      it('status: contains the remedy', async () => {
        await expect(status(args())).rejects.toMatchObject({
          message: `${file('stack.json')} is damaged.`,
          remedy: expect.stringContaining('npm stop'),
        });
      });

      it('stop: works, and status works again afterwards', async () => {
        expect(await stop(args())).toBe(0);
        expect(said.join('')).toContain('Bailiwick is not running.');
        const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
        expect(await status(args())).toBe(1);
        write.mockRestore();
        // What the next start reads before it has written its own.
        expect(readState(file('cluster-local/state.json'))).toBeUndefined();
      });

      it('reset: deletes everything', async () => {
        expect(await reset(args())).toBe(0);
        expect(existsSync(dataDir)).toBe(false);
      });
    },
  );

  it('are not started with a backup that was restored in part', async () => {
    writeFileSync(file('restoring'), '');
    await expect(start(args())).rejects.toThrow(/its restore was interrupted/);
  });
});
