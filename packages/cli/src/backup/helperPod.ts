import {
  coreKinds,
  type KubeClient,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 200;
/** Milliseconds until a pod runs; it may have to pull an image. */
const startMs = 180_000;
/** Milliseconds for a pod whose image cannot be pulled, or whose configuration is incomplete. */
const stuckMs = 20_000;
const stuck = new Set([
  'CreateContainerConfigError',
  'ImagePullBackOff',
  'InvalidImageName',
]);
const container = 'files';

/** Seconds for work in a pod; code of apps must not delay everything else. */
export const longestSeconds = 3_600;

/** The user of the chart's programs. */
export const helperUser = 65_532;

/** A pod that does not start, such as without its image. */
export class PodStartError extends Error {
  name = 'PodStartError';

  constructor(reason = 'no reason given') {
    super(`its pod does not start: ${reason}`);
  }
}

/** A container of a pod. */
export interface PodPlace {
  namespace: string;
  pod: string;
  container: string;
}

/** A pod that exists while its data is read or written. */
export interface HelperPod {
  namespace: string;
  image: string;
  /** User and group of its program. */
  user: number;
  /** Whether the pod has a user namespace of its own. */
  isMapped?: boolean;
  node?: string;
  /** Environment variables (EnvVar). */
  env?: object[];
  volume?: { mountPath: string; source: object };
}

/** Runs a pod while work is in progress. @throws PodStartError if it does not start */
export async function withHelperPod<T>(
  client: KubeClient,
  helper: HelperPod,
  work: (place: PodPlace) => Promise<T>,
): Promise<T> {
  const { namespace } = helper;
  const pods = client.resource<Pod>(coreKinds.pods);
  const { metadata } = await pods.create(podOf(helper), {
    fieldManager: 'bailiwick-backup',
  });
  try {
    await untilRunning(client, namespace, metadata.name);
    return await work({ namespace, pod: metadata.name, container });
  } finally {
    await pods.delete(metadata.name, { namespace });
  }
}

function podOf(helper: HelperPod): Pod {
  const { env, image, isMapped, namespace, node, user, volume } = helper;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: 'bailiwick-backup-',
      namespace,
      labels: { 'app.kubernetes.io/name': 'bailiwick-backup' },
    },
    spec: {
      restartPolicy: 'Never',
      // Nothing is left behind by a command that was killed.
      activeDeadlineSeconds: 2 * longestSeconds,
      nodeName: node,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 0,
      ...(isMapped && { hostUsers: false }),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: user,
        runAsGroup: user,
        fsGroup: user,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: container,
          image,
          imagePullPolicy: 'IfNotPresent',
          command: ['sleep', 'infinity'],
          env,
          resources: {
            requests: { cpu: '10m', memory: '32Mi' },
            limits: { cpu: '1', memory: '128Mi' },
          },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
            readOnlyRootFilesystem: true,
          },
          volumeMounts: [
            ...(volume
              ? [{ name: 'volume', mountPath: volume.mountPath }]
              : []),
            { name: 'tmp', mountPath: '/tmp' },
          ],
        },
      ],
      volumes: [
        ...(volume ? [{ name: 'volume', ...volume.source }] : []),
        { name: 'tmp', emptyDir: {} },
      ],
    },
  } as never;
}

async function untilRunning(
  client: KubeClient,
  namespace: string,
  name: string,
): Promise<void> {
  const pods = client.resource<Pod>(coreKinds.pods);
  const begin = Date.now();
  for (;;) {
    const { status } = await pods.get(name, { namespace });
    if (status?.phase === 'Running') return;
    const waiting = status?.containerStatuses?.[0]?.state?.waiting;
    const longestMs = stuck.has(waiting?.reason ?? '') ? stuckMs : startMs;
    if (Date.now() - begin > longestMs || status?.phase === 'Failed')
      throw new PodStartError(
        waiting?.message ??
          waiting?.reason ??
          status?.conditions?.find(each => each.status === 'False')?.message ??
          status?.message,
      );
    await pause(pollMs);
  }
}
