import type {
  Connection,
  DomainPack,
  Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { AppInstance } from '../../../cache';

/** What runs of an app of the shape job or dag, and ends. */
export interface RunPlan {
  /** In their order; a step begins when those that it needs ended well. */
  steps: { function: string; needs: string[] }[];
  /** Five fields in UTC; absent for what only begins on request. */
  schedule?: string;
  /** Setting from which the schedule comes, for messages. */
  scheduleFrom?: string;
  /** Complete runs whose results stay. */
  keep: number;
  /** Longest step. */
  seconds: number;
}

/** What takes messages all the time in an app of the shape mqtt. */
export interface Consumer {
  function: string;
  connection: string;
  topics: string[];
  window: { seconds: number; messages: number };
  /** What people call the connection, when it does not lead anywhere in this environment. */
  missing?: string;
}

/** A connection that an app uses in an environment. */
export type ConnectionInUse = Pick<
  Connection['spec'],
  'egress' | 'host' | 'name' | 'options' | 'port' | 'tls'
> & {
  secret?: {
    /** Secret in the namespace of Bailiwick. */
    source: string;
    /** Immutable copy of it in the environment. */
    copy: string;
  };
};

/** Everything that decides what runs in one environment. */
export interface Workload extends AppInstance {
  commit: string;
  bundle: {
    /** ConfigMap in the home namespace. */
    source: string;
    /** Immutable copy of it in the environment. */
    copy: string;
    /** sha256:… of the archive. */
    digest: string;
  };
  /** Image reference that nodes can load. */
  image: string;
  limits: DomainPack['spec']['runtimes'][number]['limits'];
  requests: Plan['spec']['perEnvironment']['defaultContainer'];
  /** Whether nothing shall run although all is kept. */
  suspended?: boolean;
  /** Since when pods are replaced that are older; absent for never. */
  restartedAt?: string;
  /** Number of pods; absent when the autoscaler chooses it. */
  replicas?: number;
  /** Between which numbers the autoscaler chooses; absent for a fixed number. */
  autoscale?: { min: number; max: number };
  /** Values of the archetype's settings; absent when it has none. */
  settings?: Record<string, unknown>;
  /** Volume for results and the functions whose results it holds. */
  store?: { size: string; functions: string[] };
  run?: RunPlan;
  consumer?: Consumer;
  /** Connections that lead somewhere in this environment. */
  connections?: ConnectionInUse[];
}
