import type {
  CoreCondition,
  Deployment,
} from '@bailiwick/backstage-kube-controller';

/** Returns the condition of a Deployment whose pods the API server refuses; `undefined` for others. */
export function podRefusal({ status }: Deployment): CoreCondition | undefined {
  return status?.conditions?.find(
    one => one.type === 'ReplicaFailure' && one.status === 'True',
  );
}
