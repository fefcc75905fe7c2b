import { spawn } from 'node:child_process';
import { repositoryRoot } from '../stack/layout';

/** Runs a program in the foreground of the test run; gives its exit code. */
export async function runProgram(
  program: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<number> {
  const child = spawn(program, args, {
    cwd: options.cwd ?? repositoryRoot,
    env: { ...process.env, CI: '1', ...options.env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => resolve(code ?? 1));
  });
}

/** Runs a program of the repository's dependencies with this Node. */
export function runNode(
  script: string,
  args: string[],
  options?: { cwd?: string; env?: Record<string, string> },
): Promise<number> {
  return runProgram(process.execPath, [script, ...args], options);
}
