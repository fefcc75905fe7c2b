import {
  parseQuantity,
  type Desired,
} from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  labels,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Workload } from '../Workload';
import { appLabels, appSelector } from './appLabels';

/** Port on which the runtime serves. */
export const runtimePort = 8080;
/** Name of the one container. */
export const containerName = 'app';

/** Pods that serve the functions of the bundle, locked down as far as Kubernetes allows. */
export function desiredDeployment(workload: Workload): Desired {
  const { app, namespace, replicas } = workload;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: app, namespace, labels: appLabels(workload) },
    spec: {
      replicas,
      revisionHistoryLimit: 3,
      progressDeadlineSeconds: 120,
      selector: { matchLabels: appSelector(workload) },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
      },
      template: podTemplate(workload),
    },
  };
}

function podTemplate(workload: Workload) {
  const { app, bundle, commit } = workload;
  return {
    metadata: {
      labels: { ...appLabels(workload), [labels.commit]: commit.slice(0, 12) },
      annotations: { [annotations.bundleDigest]: bundle.digest },
    },
    spec: {
      serviceAccountName: app,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 15,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        runAsGroup: 1000,
        fsGroup: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [container(workload)],
      volumes: [
        { name: 'bundle', configMap: { name: bundle.copy } },
        { name: 'tmp', emptyDir: { sizeLimit: '256Mi' } },
      ],
    },
  };
}

function container(workload: Workload) {
  const { image, limits, requests, tenant, environment, app } = workload;
  const env = {
    BAILIWICK_TENANT: tenant,
    BAILIWICK_ENVIRONMENT: environment,
    BAILIWICK_APP: app,
    BAILIWICK_LIMIT_SECONDS: limits.seconds,
    BAILIWICK_LIMIT_ROWS: limits.rows,
    BAILIWICK_LIMIT_CONCURRENCY: limits.concurrency,
  };
  return {
    name: containerName,
    image,
    imagePullPolicy: 'IfNotPresent',
    args: ['--bundle', '/bundle/bundle.tar.gz', '--port', `${runtimePort}`],
    env: Object.entries(env).map(([name, value]) => ({
      name,
      value: `${value}`,
    })),
    ports: [{ name: 'http', containerPort: runtimePort, protocol: 'TCP' }],
    resources: {
      requests: {
        cpu: smaller(requests.cpu, limits.cpu),
        memory: smaller(requests.memory, limits.memory),
      },
      limits: { cpu: limits.cpu, memory: limits.memory },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
    },
    // Code that cannot be loaded keeps a pod unready, but alive, so that it can say why.
    startupProbe: probe('/healthz', { periodSeconds: 1, failureThreshold: 60 }),
    livenessProbe: probe('/healthz', {
      periodSeconds: 10,
      failureThreshold: 3,
    }),
    readinessProbe: probe('/readyz', { periodSeconds: 2, failureThreshold: 2 }),
    // Callers learn within this time that the pod goes, so that none is refused.
    lifecycle: { preStop: { sleep: { seconds: 2 } } },
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [
      { name: 'bundle', mountPath: '/bundle', readOnly: true },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}

function probe(
  path: string,
  timing: { periodSeconds: number; failureThreshold: number },
) {
  return { httpGet: { path, port: 'http' }, timeoutSeconds: 5, ...timing };
}

// A request above its limit would be refused.
function smaller(one: string, other: string): string {
  return (parseQuantity(one) ?? 0) <= (parseQuantity(other) ?? 0) ? one : other;
}
