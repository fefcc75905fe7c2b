import type { Picture } from '../rules/picture/pictureOf';

/** Rights of the reader for an app in an environment, each with the reason of a refusal. @public */
export interface EnvironmentRights {
  protected: boolean;
  /** Whether the cluster gives apps addresses of their own. */
  hasAddresses: boolean;
  /** Right to restart, pause, resume and scale, and to have an own address. */
  operate: { refusal?: string };
  /** Right to open a terminal in a pod. */
  terminal: { refusal?: string };
}

/** Outcome of a custom action in each pod: its message, or the error. @public */
export interface VerbOutcome {
  verb: string;
  pods: { pod: string; message?: string; refusal?: string }[];
}

/** Size of a terminal in characters. @public */
export interface TerminalSize {
  columns: number;
  rows: number;
}

/** A message of a terminal; the first one is `open`. @public */
export type TerminalMessage =
  | { type: 'open'; session: string; shell: string }
  /** Another shell, because the previous one is not in the image. */
  | { type: 'shell'; shell: string }
  /** Bytes in base64. */
  | { type: 'output'; bytes: string }
  /** End of the session, with the reason in one sentence. */
  | { type: 'end'; why: string };

/** A pod of an app. @public */
export interface PodView {
  name: string;
  environment: string;
  phase: string;
  ready: boolean;
  restarts: number;
  /** Start time, RFC 3339. */
  startedAt?: string;
  /** Reason why the pod is not ready. */
  why?: string;
  /** Time of the restart that created the pod, RFC 3339. */
  restartedAt?: string;
  /** First 12 digits of the commit that the pod runs. */
  commit?: string;
  /** Whether the pod executes a step of a run, so that no one can open a terminal in it. */
  isOfRun: boolean;
  containers: ContainerView[];
}

/** A container of a pod. @public */
export interface ContainerView {
  name: string;
  restarts: number;
  /** Reason and time of the last exit. */
  ended?: { why: string; at?: string };
  /** Port that the container listens on. */
  port?: number;
  /** Resource requests, as quantities. */
  requests: Record<string, string>;
  /** Resource limits, as quantities. */
  limits: Record<string, string>;
}

/** Metrics of an app's pods in the last half hour, as far as they were sampled. @public */
export interface MetricsView {
  /** Source of the samples. */
  source: 'runtime' | 'prometheus';
  /** Seconds between two samples. */
  seconds: number;
  /** Maximum span of the samples, minutes. */
  minutes: number;
  /** Oldest first. Calls, errors and rows are per minute; mean and p95 are latencies in seconds. */
  points: {
    at: string;
    calls: number;
    errors: number;
    rows: number;
    mean?: number;
    p95?: number;
  }[];
  /** Deployments of other code: its commits, or its release. */
  markers: { at: string; commits: string[] }[];
  /** Current usage of each pod: bytes, cores since the previous sample, calls since its start, and running calls. */
  use: {
    pod: string;
    memory?: number;
    cores?: number;
    calls?: number;
    running?: number;
  }[];
  /** Missing data, one sentence each. */
  notes: string[];
}

/** Calls of the last minute. @public */
export interface CallRate {
  perMinute: number;
  /** Whether not all pods are counted, so that the number is a minimum. */
  isPart: boolean;
}

/** Call rates of an app in its environments, sampled while the page is open. @public */
export interface CallsView {
  /** By environment; absent before the first sample. */
  calls: Record<string, CallRate>;
}

/** A value in a cell of a preview; integers beyond 2^53 are text, so that they keep all digits. @public */
export type PreviewCell = string | number | boolean | null;

/** Some rows of a function, or its value. @public */
export interface PreviewView {
  /** When the function was called, RFC 3339. */
  at: string;
  /** At most 5, with the columns of the contract; absent for functions that return a value. */
  rows?: Record<string, PreviewCell>[];
  /** Number of all rows. */
  count?: number;
  /** Number of the first of these rows, from 1. */
  first?: number;
  /** Chart of all rows, by the rules of the gallery; absent if only a table is suitable. */
  chart?: Extract<Picture, { kind: 'chart' }>;
  /** Absent for functions that return rows. */
  value?: PreviewCell;
}
