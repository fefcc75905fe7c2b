import type { Picture } from '../rules/picture/pictureOf';

/** What the reader may do to an app in an environment: each with the reason why not. */
export interface EnvironmentRights {
  protected: boolean;
  /** Restart, pause, resume and scale. */
  operate: { refusal?: string };
  /** Open a terminal in a pod. */
  terminal: { refusal?: string };
}

/** What became of a verb in each pod: what was done, or why nothing was. */
export interface VerbOutcome {
  verb: string;
  pods: { pod: string; message?: string; refusal?: string }[];
}

/** Characters of a terminal, across and down. */
export interface TerminalSize {
  columns: number;
  rows: number;
}

/** What a terminal tells, beginning with `open`. */
export type TerminalMessage =
  | { type: 'open'; session: string; shell: string }
  /** Another program, as the one before is not in the image. */
  | { type: 'shell'; shell: string }
  /** Bytes in base64. */
  | { type: 'output'; bytes: string }
  /** It is over, and why, in a sentence. */
  | { type: 'end'; why: string };

/** A pod of an app. */
export interface PodView {
  name: string;
  environment: string;
  phase: string;
  ready: boolean;
  restarts: number;
  /** RFC 3339. */
  startedAt?: string;
  /** Cause and meaning when it is not ready. */
  why?: string;
  /** The restart of its environment that it came with. */
  restartedAt?: string;
  /** Commit whose code it runs, its first 12 digits. */
  commit?: string;
  containers: ContainerView[];
}

/** A container of a pod. */
export interface ContainerView {
  name: string;
  restarts: number;
  /** How the run before the last restart ended, in a sentence. */
  ended?: { why: string; at?: string };
  /** Where it listens. */
  port?: number;
  /** What is reserved for it, as quantities. */
  requests: Record<string, string>;
  /** What it may have at most, as quantities. */
  limits: Record<string, string>;
}

/** What the pods of an app counted in the last half hour, as far as somebody looked. */
export interface MetricsView {
  /** Who counted. */
  source: 'runtime' | 'prometheus';
  /** Between two samples. */
  seconds: number;
  /** Of how many minutes there are samples at most. */
  minutes: number;
  /** Oldest first. Calls, errors and rows are those of a minute; mean and p95 are seconds of a call. */
  points: {
    at: string;
    calls: number;
    errors: number;
    rows: number;
    mean?: number;
    p95?: number;
  }[];
  /** When other code answered than before: its commits, or its release. */
  markers: { at: string; commits: string[] }[];
  /** What each pod uses now: bytes, and cores since the sample before; and its calls since it started. */
  use: { pod: string; memory?: number; cores?: number; calls?: number }[];
  /** What is not counted, in sentences. */
  notes: string[];
}

/** Calls of the last minute. */
export interface CallRate {
  perMinute: number;
  /** Whether there are more, as not all pods are counted. */
  isPart: boolean;
}

/** How busy an app is in each of its environments, while somebody looks. */
export interface CallsView {
  /** By environment, where they are counted already. */
  calls: Record<string, CallRate>;
}

/** A value of a preview, as one cell shows it. */
export type PreviewCell = string | number | boolean | null;

/** The first rows of a function with its default parameters, or its value. */
export interface PreviewView {
  /** When the function was called, RFC 3339. */
  at: string;
  /** At most 5, with the columns of the contract; absent for functions that return a value. */
  rows?: Record<string, PreviewCell>[];
  /** Number of all rows. */
  count?: number;
  /** A chart of all rows, by the rule of the gallery; absent where a table says more. */
  chart?: Extract<Picture, { kind: 'chart' }>;
  /** Absent for functions that return rows. */
  value?: PreviewCell;
}
