import { join } from 'node:path';
import { buildTwin } from './buildTwin';

const root = join(import.meta.dirname, '../../..');

/** A program that runs apps. */
export interface Program {
  name: string;
  file: string;
  /** Arguments for a kubeconfig and a port on 127.0.0.1 that serves metrics. */
  args: (kubeconfig: string, port: number) => string[];
}

/** Bailiwick's operator. @param controllers - only these, by comma; all when absent */
export function ours(controllers?: string): Program {
  return {
    name: 'ours',
    file: process.execPath,
    args: (kubeconfig, port) => [
      // As npm start runs it.
      '--max-semi-space-size=4',
      ...['--import', join(root, 'scripts/typescript.mjs')],
      join(root, 'packages/operator/src/main.ts'),
      ...['--kubeconfig', kubeconfig, '--port', `${port}`],
      ...(controllers ? ['--controllers', controllers] : []),
      '--no-leader-election',
    ],
  };
}

/** The same for apps only, with leader election, as several replicas run. */
export function replica(): Program {
  const { args, ...program } = ours('app');
  return {
    ...program,
    args: (...where) =>
      args(...where).filter(one => one !== '--no-leader-election'),
  };
}

/** The twin; built when its sources changed. */
export async function twin(): Promise<Program> {
  return {
    name: 'twin',
    file: await buildTwin(),
    args: (kubeconfig, port) => [
      ...['-kubeconfig', kubeconfig],
      ...['-metrics', `127.0.0.1:${port}`],
    ],
  };
}
