import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import type { AppInstance } from '../../cache';

/** Metadata of a recording; its first line. */
export interface RolloutHead {
  recording: string;
  /** Event, as a sentence. */
  what: string;
  /** Version of the cluster. */
  kubernetes: string;
  place: AppInstance;
  /** ISO 8601. */
  startedAt: string;
}

/** Response of a pod; without status if there was none. */
export interface PodAnswer {
  pod: string;
  path: string;
  status?: number;
  body?: unknown;
}

/** One line of a recording, by milliseconds since its start. */
export type RolloutLine = { at: number } & (
  | { put: KubeObject }
  | { gone: KubeObject }
  | { answer: PodAnswer }
  | { note: string }
);
