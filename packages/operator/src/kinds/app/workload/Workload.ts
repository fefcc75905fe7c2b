import type {
  Build,
  Connection,
  DomainPack,
  Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { AppInstance } from '../../../cache';

/** Steps of an app of the shape `job` or `dag`. */
export interface RunPlan {
  /** In their order; a step starts when those that it needs have succeeded. */
  steps: { function: string; needs: string[] }[];
  /** Cron expression in UTC; absent when runs start only on request. */
  schedule?: string;
  /** Name of the setting with the schedule, for messages. */
  scheduleFrom?: string;
  /** Number of complete runs whose results are kept. */
  keep: number;
  /** Time limit of a step in seconds. */
  seconds: number;
}

/** Consumer of an app of the shape `mqtt`. */
export interface Consumer {
  function: string;
  connection: string;
  topics: string[];
  window: { seconds: number; messages: number };
  /** Title of the connection when it does not exist for this environment. */
  missing?: string;
}

/** A connection that an app uses in an environment. */
export type ConnectionInUse = Pick<
  Connection['spec'],
  'egress' | 'host' | 'name' | 'options' | 'port' | 'tls'
> & {
  secret?: {
    /** Secret in the system namespace. */
    source: string;
    /** Immutable copy of it in the environment. */
    copy: string;
  };
};

/** A bucket for the results of an app, and the prefix of its objects. */
export type ResultsBucket = Omit<ConnectionInUse, 'options'> &
  Pick<
    NonNullable<Connection['spec']['s3']>,
    'bucket' | 'pathStyle' | 'region'
  > & { prefix: string };

/** Place for results, and the functions whose results it holds. */
export type ResultsStore = { functions: string[] } & (
  | { /** Size of a volume. */ size: string; bucket?: undefined }
  | { bucket: ResultsBucket; size?: undefined }
);

/** Limits of a number of pods. */
export interface ReplicaRange {
  min: number;
  max: number;
}

/** Packages of an app besides those of its runtime. */
export interface Packages {
  /** OCI image with the packages, by digest; absent while it is not built, and if the runtime has all of them. */
  artifact?: string;
  /** What to build; absent once it is built. */
  wanted?: Pick<Build['spec'], 'allow' | 'runtime'> & {
    /** Name of the Build. */
    name: string;
    /** Digest of the file that declares the packages. */
    digest: string;
  };
}

/** An app in one environment with everything that its objects are built from. */
export interface Workload extends AppInstance {
  /** Whether it runs the newest commit instead of a release. */
  isDraft?: boolean;
  commit: string;
  bundle: {
    /** ConfigMap in the home namespace. */
    source: string;
    /** Immutable copy of it in the environment. */
    copy: string;
    /** sha256:… of the archive. */
    digest: string;
  };
  /** Absent if the code requires none, or the image contains them. */
  packages?: Packages;
  /** Whether the image contains code and packages; runs that began with other code mount theirs. */
  isSelfContained?: boolean;
  /** Packages that a draft can require, as patterns. */
  allow?: string[];
  /** User and group id of its processes, in a user namespace of each pod or on the node. */
  user: { id: number; isMapped: boolean };
  /** Image reference that nodes can load. */
  image: string;
  limits: DomainPack['spec']['runtimes'][number]['limits'];
  requests: Plan['spec']['perEnvironment']['defaultContainer'];
  /** Minutes without calls after which no pod runs; absent to keep pods running. */
  scaleToZeroMinutes?: number;
  /** Whether the app is paused: no pods, all data kept. */
  suspended?: boolean;
  /** Time of the last requested restart; absent when there was none. */
  restartedAt?: string;
  /** Number of pods; absent if it varies. */
  replicas?: number;
  /** Limits of a number of pods that varies with the concurrent calls. */
  autoscale?: ReplicaRange;
  /** Values of the archetype's settings; absent when it has none. */
  settings?: Record<string, unknown>;
  store?: ResultsStore;
  run?: RunPlan;
  consumer?: Consumer;
  /** Connections that exist for this environment. */
  connections?: ConnectionInUse[];
}
