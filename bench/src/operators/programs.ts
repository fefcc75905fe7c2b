import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildGo } from './buildGo';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');

/** A program that runs apps. */
export interface Program {
  name: string;
  file: string;
  /** Name of its controller in its metrics. */
  controller: string;
  /** Arguments for a kubeconfig and a port on 127.0.0.1 that serves metrics. */
  args: (kubeconfig: string, port: number) => string[];
  /** Variables for a kubeconfig, besides those of this process. */
  env?: (kubeconfig: string) => Record<string, string>;
}

/** Bailiwick's operator. @param controllers - only these, by comma; all when absent */
export async function ours(controllers?: string): Promise<Program> {
  const { stdout } = await run(process.execPath, [
    join(root, 'scripts/bundle.mjs'),
    join(root, 'packages/operator/src/main.ts'),
  ]);
  return bundled('ours', stdout.trim(), controllers);
}

function bundled(name: string, file: string, controllers?: string): Program {
  return {
    name,
    file: process.execPath,
    controller: 'app',
    args: (kubeconfig, port) => [
      // As npm start runs it.
      ...['--max-semi-space-size=4', '--optimize-for-size'],
      file,
      ...['--kubeconfig', kubeconfig, '--port', `${port}`],
      ...(controllers ? ['--controllers', controllers] : []),
      '--no-leader-election',
    ],
    env: () => ({ MALLOC_ARENA_MAX: '2' }),
  };
}

/** The same for apps only, with leader election, as several replicas run. */
export async function replica(): Promise<Program> {
  const { args, ...program } = await ours('app');
  return {
    ...program,
    args: (...where) =>
      args(...where).filter(one => one !== '--no-leader-election'),
  };
}

/**
 * The twin; built when its sources changed. In its place another build of Bailiwick's operator, such as that of the
 * commit before, when `BAILIWICK_BENCH_TWIN` has the path of its bundle.
 */
export async function twin(): Promise<Program> {
  const { BAILIWICK_BENCH_TWIN: bundle } = process.env;
  if (bundle) return bundled('twin', bundle, 'app');
  return {
    name: 'twin',
    file: await buildGo('twin'),
    controller: 'app',
    args: (kubeconfig, port) => [
      ...['-kubeconfig', kubeconfig],
      ...['-metrics', `127.0.0.1:${port}`],
    ],
  };
}
