import {
  isForbidden,
  isNotFound,
  type ResourceType,
} from '@bailiwick/backstage-kube-controller';
import { kinds } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Describes why objects of a kind cannot be watched, with the remedy. */
export function watchProblem({ kind }: ResourceType, error: unknown): string {
  const isOurs = kinds.some(one => one.kind === kind);
  if (isNotFound(error))
    return `Watch of ${kind} failed: the API server does not know this kind${
      isOurs ? '; install charts/bailiwick/crds' : ''
    }`;
  const words = (error as Error).message;
  return isForbidden(error)
    ? `Watch of ${kind} failed: ${words}; apply charts/bailiwick/templates/rbac-operator.yaml`
    : `Watch of ${kind} failed: ${words}`;
}
