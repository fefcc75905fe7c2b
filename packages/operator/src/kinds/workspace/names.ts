import { createHash } from 'node:crypto';
import {
  ownerSlug,
  type Workspace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { WorkspaceNames } from '../app/desired';

/**
 * Returns the names of the objects of a workspace. The policy `bailiwick-workspace-pods` finds the owner in the name of
 * a pod, which begins with that of its Job. Each start has a Job of its own.
 */
export function namesOf({ metadata, spec }: Workspace): WorkspaceNames {
  const { name, namespace } = metadata;
  const { owner, startedAt = '' } = spec;
  const hash = createHash('sha256')
    .update(JSON.stringify([namespace, name, startedAt]))
    .digest('hex');
  return {
    job: `workspace.${ownerSlug(owner)}.${hash.slice(0, 8)}`,
    volume: `workspace.${name}`,
  };
}
