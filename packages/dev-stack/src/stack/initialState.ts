import {
  addresses,
  paths,
  type StackOptions,
  type StackState,
} from '@bailiwick/backstage-cli';
import { startOf } from '@bailiwick/backstage-local-cluster';
import { join } from 'node:path';
import type { ManagedProcess } from '../process/ManagedProcess';

/** State of a stack that this process starts now. */
export function initialState(
  options: StackOptions,
  parts: readonly ManagedProcess[],
): StackState {
  return {
    pid: process.pid,
    processStart: startOf(process.pid),
    ready: false,
    startedAt: new Date().toISOString(),
    addresses: addresses(options),
    kubeconfig: '',
    parts: [
      {
        name: 'cluster',
        ready: false,
        log: join(paths(options).logs, 'cluster.log'),
      },
      ...parts.map(({ options: { name, log } }) => ({
        name,
        ready: false,
        log,
      })),
    ],
  };
}
