import type { Deployment } from '@bailiwick/backstage-kube-controller';
import { readExceededQuota } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { HealthReport } from './HealthReport';
import { podRefusal } from './podRefusal';
import { readRefusal } from './readRefusal';

/** Conditions of pods that are missing. */
const growth = ['ReplicaFailure', 'Progressing'];

/**
 * Returns a Deployment as if it wanted only the pods for which the quota has room, with a note about the others. Pods
 * beyond the minimum are for the present calls, so an app without them is healthy.
 *
 * @param min - minimum number of pods; absent for a fixed number
 */
export function withinQuota(
  deployment: Deployment | undefined,
  min: number | undefined,
): { deployment: Deployment | undefined; note?: HealthReport } {
  if (!deployment || min === undefined) return { deployment };
  const { spec, status = {} } = deployment;
  const { replicas: wanted = 0 } = spec ?? {};
  const { replicas = 0, updatedReplicas } = status;
  const message = podRefusal(deployment)?.message ?? '';
  const isLimited =
    readExceededQuota(message) !== undefined &&
    replicas >= min &&
    replicas < wanted &&
    updatedReplicas === replicas;
  if (!isLimited) return { deployment };
  const { next, why } = readRefusal(message);
  const conditions = status.conditions?.filter(
    ({ type }) => !growth.includes(type),
  );
  return {
    deployment: {
      ...deployment,
      spec: { ...spec, replicas },
      status: { ...status, conditions },
    },
    note: {
      health: 'Healthy',
      why: `The current load needs ${wanted} pods, but the quota allows ${replicas}. ${why}`,
      next,
    },
  };
}
