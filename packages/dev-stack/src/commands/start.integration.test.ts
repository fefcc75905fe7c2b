/** @jest-environment node */
import { repositoryRoot } from '@bailiwick/backstage-cli';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

// Beside other tests, a start of Node alone can take many seconds.
jest.setTimeout(180_000);

const program = [
  ...['--import', join(repositoryRoot, 'scripts/typescript.mjs')],
  join(repositoryRoot, 'packages/dev-stack/src/main.ts'),
];

describe('npm start that is stopped before everything is ready', () => {
  let dataDir: string;

  const run = (...args: string[]) =>
    spawn(
      process.execPath,
      [...program, ...args, '--data-dir', dataDir, '--port-base', '28700'],
      { stdio: 'ignore' },
    );

  /** Exit code of a process. */
  async function ended(child: ReturnType<typeof run>): Promise<number | null> {
    if (child.exitCode === null) await once(child, 'exit');
    return child.exitCode;
  }

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'stack-'));
  });
  afterEach(async () => {
    await ended(run('stop'));
    rmSync(dataDir, { recursive: true, force: true });
  });

  it.each([[[]], [['--detach']]])('fails with %j', async more => {
    const start = run('start', ...more);
    while (!existsSync(join(dataDir, 'stack.json'))) {
      expect(start.exitCode).toBeNull();
      await pause(50);
    }
    expect(await ended(run('stop'))).toBe(0);
    expect(await ended(start)).toBe(1);
  });
});
