/** @jest-environment node */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readIfThere } from '../files';
import type { ClusterState } from './ClusterState';
import { readState } from './stateFile';
import { StateRecorder } from './StateRecorder';
import {
  transferLock,
  inheritLock,
  lockHolder,
  releaseLock,
  takeLock,
} from './SupervisorLock';
import { waitForStep } from './waitForStep';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bailiwick-state-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the lock of a supervisor', () => {
  const file = () => join(folder, 'supervisor.lock');

  it('is held by one process at a time', () => {
    expect(takeLock(file())).toBeUndefined();
    expect(takeLock(file())).toBe(process.pid);
    releaseLock(file());
    expect(lockHolder(file())).toBeUndefined();
  });

  it('does not outlive its holder', () => {
    const dead = spawnSync('true').pid;
    writeFileSync(file(), JSON.stringify({ pid: dead, started: '1' }));
    expect(takeLock(file())).toBeUndefined();
  });

  it('is acquired by one of several who find a dead holder', async () => {
    const dead = spawnSync('true').pid;
    writeFileSync(file(), JSON.stringify({ pid: dead, started: '1' }));
    const root = join(__dirname, '../../../..');
    const script = `
      import { mkdirSync, rmdirSync } from 'node:fs';
      import { setTimeout as pause } from 'node:timers/promises';
      import { withLock } from '${__dirname}/SupervisorLock.ts';
      await withLock('${file()}', async () => {
        mkdirSync('${folder}/alone');
        await pause(50);
        rmdirSync('${folder}/alone');
      });`;
    const codes = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const child = spawn(process.execPath, [
          ...['--import', join(root, 'scripts/typescript.mjs')],
          ...['--input-type=module', '--eval', script],
        ]);
        const [code] = await once(child, 'close');
        return code;
      }),
    );
    expect(codes).toEqual([0, 0, 0, 0, 0]);
    expect(readIfThere(file())).toBeUndefined();
  });

  it.each(['', '{"pid": 12', 'null', '[]', '{"pid": "12"}'])(
    'is free when its file is damaged: %j',
    content => {
      writeFileSync(file(), content);
      expect(lockHolder(file())).toBeUndefined();
      expect(takeLock(file())).toBeUndefined();
      expect(takeLock(file())).toBe(process.pid);
    },
  );

  it('passes from a process to one that it starts, and to no other', async () => {
    expect(takeLock(file())).toBeUndefined();
    const inherit = (wrapped: boolean) => {
      const script = `
        import { inheritLock } from '${__dirname}/SupervisorLock.ts';
        console.log(inheritLock('${file()}') ?? 'mine');`;
      const args = [
        ...['--import', join(__dirname, '../../../../scripts/typescript.mjs')],
        ...['--input-type=module', '--eval', script],
      ];
      // The shell is the parent of the second one.
      const shell = ['-c', '"$0" "$@"; true', process.execPath, ...args];
      const { stdout } = wrapped
        ? spawnSync('sh', shell, { encoding: 'utf8' })
        : spawnSync(process.execPath, args, { encoding: 'utf8' });
      return stdout.trim();
    };
    expect(inherit(true)).toBe(String(process.pid));
    expect(inherit(false)).toBe('mine');
    releaseLock(file());
    // The one that inherited it has ended.
    expect(lockHolder(file())).toBeUndefined();
  });

  it('is handed on by the process that has it, to one that runs', async () => {
    const child = spawn('sleep', ['60']);
    try {
      transferLock(file(), child.pid!);
      expect(lockHolder(file())).toBeUndefined();
      takeLock(file());
      transferLock(file(), child.pid!);
      expect(lockHolder(file())).toBe(child.pid);
      // It belongs to the other one by now.
      transferLock(file(), process.ppid);
      releaseLock(file());
      expect(lockHolder(file())).toBe(child.pid);
    } finally {
      child.kill();
      await once(child, 'close');
    }
    expect(lockHolder(file())).toBeUndefined();
  });

  it('is inherited once', () => {
    takeLock(file());
    expect(inheritLock(file())).toBeUndefined();
    expect(lockHolder(file())).toBe(process.pid);
  });

  it('is not mistaken for that of another process with the same id', () => {
    writeFileSync(
      file(),
      JSON.stringify({ pid: process.pid, started: 'long ago' }),
    );
    expect(lockHolder(file())).toBeUndefined();
  });
});

describe('the state of a cluster', () => {
  const file = () => join(folder, 'state.json');
  const recorder = () =>
    new StateRecorder(file(), {
      name: 'a',
      phase: 'starting',
      supervisorPid: process.pid,
      steps: [{ name: 'api', title: 'API server', state: 'waiting' }],
      components: [],
    } as unknown as ClusterState);

  it('shows a step while it runs and its time when it is done', async () => {
    const seen: unknown[] = [];
    await recorder().step('api', async report => {
      report('waiting');
      seen.push(readState(file())?.steps[0]);
    });
    expect(seen).toEqual([
      { name: 'api', title: 'API server', state: 'running', detail: 'waiting' },
    ]);
    expect(readState(file())?.steps[0]).toMatchObject({
      state: 'done',
      seconds: expect.any(Number),
    });
  });

  it('marks the step that failed', async () => {
    const failing = recorder().step('api', () =>
      Promise.reject(new Error('no')),
    );
    await expect(failing).rejects.toThrow('no');
    expect(readState(file())?.steps[0].state).toBe('failed');
  });

  it('reports a damaged file with a remedy', () => {
    writeFileSync(file(), '{"name": "a"');
    expect(() => readState(file())).toThrow(
      expect.objectContaining({
        message: `${file()} is damaged.`,
        remedy: expect.stringContaining('Stop and start the cluster again'),
      }),
    );
  });

  it('outlives a damaged list of images', () => {
    const images = join(folder, 'images.json');
    writeFileSync(images, '{"runtime": ');
    const all = recorder();
    all.followImages(images);
    all.close();
    expect(all.state.images).toBeUndefined();
  });

  it('can be awaited step by step', async () => {
    takeLock(join(folder, 'supervisor.lock'));
    const waiting = waitForStep(file(), 'api', { timeout: 5_000 });
    await recorder().step('api', async () => {});
    expect((await waiting).name).toBe('a');
  });

  it('waits as long as there is progress', async () => {
    takeLock(join(folder, 'supervisor.lock'));
    const waiting = waitForStep(file(), 'api', { timeout: 3_000 });
    await recorder().step('api', async report => {
      for (const count of [20, 40, 60, 80, 100, 120, 140, 160]) {
        report(`${count} packages compiled`);
        await sleep(500);
      }
    });
    expect((await waiting).name).toBe('a');
  });

  it('ignores the state of an ended start', async () => {
    await recorder().step('api', async () => {});
    const waiting = waitForStep(file(), 'api', { timeout: 300 });
    await expect(waiting).rejects.toThrow('did not come to step "api"');
  });

  it('passes the reason and the remedy of a failed start on', async () => {
    recorder().update({
      phase: 'failed',
      error: { message: 'no disk', remedy: 'free some' },
    });
    await expect(waitForStep(file(), 'api')).rejects.toMatchObject({
      message: 'no disk',
      remedy: 'free some',
    });
  });
});
