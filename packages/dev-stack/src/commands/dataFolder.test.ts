/** @jest-environment node */
import { readState, startOf } from '@bailiwick/backstage-local-cluster';
import { writeStackState } from '@bailiwick/backstage-cli';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
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

  it('start: says who starts already, and leaves the log of that start alone', async () => {
    const pid = startOther();
    mkdirSync(file('logs'));
    writeFileSync(file('logs/start.log'), 'the first start\n');
    for (const more of [[], ['--detach']])
      await expect(start([...args(), ...more])).rejects.toMatchObject({
        message: `Process ${pid} already runs Bailiwick in ${dataDir}, or starts it.`,
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

      it('status: says what to do', async () => {
        await expect(status(args())).rejects.toMatchObject({
          message: `${file('stack.json')} is damaged.`,
          remedy: expect.stringContaining('npm stop'),
        });
      });

      it('stop: works, and makes status work again', async () => {
        expect(await stop(args())).toBe(0);
        expect(said.join('')).toContain('Bailiwick does not run.');
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
});
