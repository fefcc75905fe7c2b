import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Runs a program in TypeScript until some milliseconds after its first output, and then kills it with its processes.
 *
 * @returns the lines of its output
 */
export async function runUntilKilled(
  program: string,
  args: readonly string[],
  milliseconds: number,
): Promise<string[]> {
  const types = resolve(
    import.meta.dirname,
    '../../../../scripts/typescript.mjs',
  );
  const child = spawn(
    process.execPath,
    ['--import', types, program, ...args],
    // The processes that a portal started end with its container.
    { detached: true, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout.on('data', text => {
    output += text;
  });
  await once(child.stdout, 'data');
  await pause(milliseconds);
  process.kill(-child.pid!, 'SIGKILL');
  await once(child, 'close');
  return output.trim().split('\n');
}
