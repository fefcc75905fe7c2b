import {
  dropManagedFields,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import {
  labels,
  managedBy,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isDeepStrictEqual } from 'node:util';
import { StringInterner } from './StringInterner';

/** Default values that Kubernetes adds to pods (PodSpec v1, and the admission plugin DefaultTolerationSeconds). */
const podDefaults: Record<string, unknown> = {
  dnsPolicy: 'ClusterFirst',
  enableServiceLinks: true,
  preemptionPolicy: 'PreemptLowerPriority',
  priority: 0,
  schedulerName: 'default-scheduler',
  terminationGracePeriodSeconds: 30,
  tolerations: ['not-ready', 'unreachable'].map(why => ({
    key: `node.kubernetes.io/${why}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 300,
  })),
};

/** Default values that Kubernetes adds to containers. */
const containerDefaults: Record<string, unknown> = {
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
};

const interner = new StringInterner();

/** Selector and transformation of the cached pods. */
export const podsOfApps = {
  labelSelector: `${labels.managedBy}=${managedBy}`,
  transform: leanPod,
};

/** Returns a pod without default values and with interned strings, in less than half of the memory. */
function leanPod(pod: Pod): Pod {
  const { spec, ...rest } = dropManagedFields(pod);
  // Parsed again: only then V8 allocates no more room than the object needs.
  const lean: Pod = JSON.parse(
    JSON.stringify({
      ...rest,
      spec: spec && {
        ...without(spec, podDefaults),
        containers: spec.containers.map(one => without(one, containerDefaults)),
      },
    }),
  );
  interner.internStrings(lean);
  return lean;
}

function without(value: object, defaults: Record<string, unknown>): object {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([name, one]) => !isDeepStrictEqual(one, defaults[name]),
    ),
  );
}
