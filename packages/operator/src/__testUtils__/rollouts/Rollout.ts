import type { KubeObject } from '@bailiwick/backstage-kube-controller';
import type { AppInstance } from '../../cache';

/** What is known of a whole recording; its first line. */
export interface RolloutHead {
  recording: string;
  /** What happened, in a sentence. */
  what: string;
  /** Version of the cluster. */
  kubernetes: string;
  place: AppInstance;
  /** ISO 8601. */
  startedAt: string;
}

/** What a pod answered; no status when nothing came back. */
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
