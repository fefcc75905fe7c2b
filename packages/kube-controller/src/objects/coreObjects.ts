import type { KubeObject } from './object';

// The fields of core objects that controllers read.

/** A namespace and its phase. @public */
export interface Namespace extends KubeObject {
  status?: { phase?: 'Active' | 'Terminating'; conditions?: CoreCondition[] };
}

/** Condition of a core object. @public */
export interface CoreCondition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}

/** Texts and bytes (base64) by key. @public */
export interface ConfigMap extends KubeObject {
  data?: Record<string, string>;
  binaryData?: Record<string, string>;
  immutable?: boolean;
}

/** Bytes (base64) by key. @public */
export interface Secret extends KubeObject {
  type?: string;
  data?: Record<string, string>;
}

/** Address of a set of pods. @public */
export interface Service extends KubeObject {
  spec?: {
    clusterIP?: string;
    publishNotReadyAddresses?: boolean;
    selector?: Record<string, string>;
    ports?: { name?: string; port: number; targetPort?: number | string }[];
  };
}

/** Limits and usage of a namespace, as quantities. @public */
export interface ResourceQuota extends KubeObject {
  spec?: { hard?: Record<string, string> };
  status?: { hard?: Record<string, string>; used?: Record<string, string> };
}

/** State of one container. @public */
export interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: { startedAt?: string };
  terminated?: {
    exitCode: number;
    reason?: string;
    message?: string;
    startedAt?: string;
    finishedAt?: string;
  };
}

/** Status of one container. */
interface ContainerStatus {
  name: string;
  ready: boolean;
  restartCount: number;
  state?: ContainerState;
  lastState?: ContainerState;
}

/** A pod and its status. @public */
export interface Pod extends KubeObject {
  spec?: {
    nodeName?: string;
    hostUsers?: boolean;
    securityContext?: Record<string, unknown>;
    containers: {
      name: string;
      image?: string;
      env?: {
        name: string;
        value?: string;
        valueFrom?: { secretKeyRef?: { name: string; key: string } };
      }[];
      ports?: { containerPort: number }[];
      resources?: {
        requests?: Record<string, string>;
        limits?: Record<string, string>;
      };
      volumeMounts?: { name: string; mountPath: string }[];
    }[];
    volumes?: {
      name: string;
      secret?: { secretName?: string };
      persistentVolumeClaim?: { claimName: string };
      image?: { reference?: string };
    }[];
  };
  status?: {
    phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
    message?: string;
    podIP?: string;
    startTime?: string;
    conditions?: CoreCondition[];
    initContainerStatuses?: ContainerStatus[];
    containerStatuses?: ContainerStatus[];
  };
}

/** A set of equal pods. @public */
export interface Deployment extends KubeObject {
  spec?: {
    replicas?: number;
    template?: {
      metadata?: Partial<KubeObject['metadata']>;
      spec?: Pod['spec'];
    };
  };
  status?: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    conditions?: CoreCondition[];
  };
}

/** A Job and its status. @public */
export interface Job extends KubeObject {
  spec?: {
    activeDeadlineSeconds?: number;
    suspend?: boolean;
    template?: { metadata?: Partial<KubeObject['metadata']> };
  };
  status?: {
    active?: number;
    startTime?: string;
    completionTime?: string;
    conditions?: CoreCondition[];
  };
}

/** A schedule of Jobs. @public */
export interface CronJob extends KubeObject {
  spec?: { schedule?: string; suspend?: boolean };
}

/** A claim for a volume. @public */
export interface PersistentVolumeClaim extends KubeObject {
  spec?: {
    storageClassName?: string;
    resources?: { requests?: Record<string, string> };
  };
  status?: { phase?: 'Pending' | 'Bound' | 'Lost' };
}

/** Node and its size. @public */
export interface Node extends KubeObject {
  status?: {
    addresses?: { type: string; address: string }[];
    capacity?: Record<string, string>;
    allocatable?: Record<string, string>;
    conditions?: CoreCondition[];
    /** Features of its container runtimes; the default one has no name. */
    runtimeHandlers?: {
      name?: string;
      features?: { userNamespaces?: boolean };
    }[];
  };
}

/** An event about an object. @public */
export interface Event extends KubeObject {
  type?: 'Normal' | 'Warning';
  reason?: string;
  message?: string;
  count?: number;
  involvedObject?: {
    kind?: string;
    name?: string;
    namespace?: string;
    uid?: string;
  };
  firstTimestamp?: string;
  lastTimestamp?: string;
  eventTime?: string;
}

/** A lease and its holder. @public */
export interface Lease extends KubeObject {
  spec?: {
    holderIdentity?: string;
    leaseDurationSeconds?: number;
    acquireTime?: string;
    renewTime?: string;
    leaseTransitions?: number;
  };
}
