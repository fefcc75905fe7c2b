import { startOf } from '@bailiwick/backstage-local-cluster';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** One part of a running Bailiwick. */
export interface PartState {
  name: string;
  pid?: number;
  ready: boolean;
  /** Seconds that its present process took from its beginning until it was ready. */
  seconds?: number;
  address?: string;
  log?: string;
}

/** What `npm run status -- --json` prints; kept in the data folder. */
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

/** Reads a state, `undefined` when there is none. */
export function readStackState(file: string): StackState | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Replaces a state at once, so that readers never see half of it. */
export function writeStackState(file: string, state: StackState): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(state, null, 2));
  renameSync(draft, file);
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
