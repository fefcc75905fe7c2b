import {
  parseObject,
  replaceFile,
  startOf,
} from '@bailiwick/backstage-local-cluster';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { CommandError } from '../CommandError';

/** One part of a running Bailiwick. */
export interface PartState {
  name: string;
  pid?: number;
  /** When that process started, in the system's own notation. */
  processStart?: string;
  ready: boolean;
  /** Seconds that its present process took from its beginning until it was ready. */
  seconds?: number;
  address?: string;
  log?: string;
}

/** Output of `npm run status -- --json`; kept in the data folder. */
export interface StackState {
  /** Process that supervises the parts. */
  pid: number;
  /** When that process started, in the system's own notation. */
  processStart?: string;
  ready: boolean;
  startedAt: string;
  /** Seconds from the start until all parts were ready. */
  readySeconds?: number;
  addresses: Record<string, string>;
  kubeconfig: string;
  parts: PartState[];
  error?: { message: string; remedy: string };
}

/**
 * Reads a state, `undefined` when there is none.
 *
 * @throws CommandError when the file is damaged
 */
export function readStackState(file: string): StackState | undefined {
  if (!existsSync(file)) return undefined;
  const state = parseObject<StackState>(readFileSync(file, 'utf8'));
  if (state && isComplete(state)) return state;
  throw new CommandError(
    `${file} is damaged.`,
    `Stop the remaining processes with: npm stop -- --data-dir ${dirname(
      file,
    )}. Then start again; the data is kept.`,
  );
}

function isComplete({ addresses, parts, pid }: Partial<StackState>): boolean {
  return (
    typeof pid === 'number' &&
    Array.isArray(parts) &&
    typeof addresses === 'object' &&
    addresses !== null
  );
}

/** Replaces a state at once, so that readers never see half of it. */
export function writeStackState(file: string, state: StackState): void {
  replaceFile(file, JSON.stringify(state, null, 2), {
    durable: true,
  });
}

/** Forgets a state. */
export function removeStackState(file: string): void {
  rmSync(file, { force: true });
}

/** Whether the process that supervises a state is alive. */
export function isRunning(state: StackState | undefined): state is StackState {
  const start = state && startOf(state.pid);
  return start !== undefined && start === state?.processStart;
}
