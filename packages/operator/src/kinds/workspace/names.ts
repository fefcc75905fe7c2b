import { createHash } from 'node:crypto';
import {
  annotations,
  ownerSlug,
  type Workspace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { WorkspaceNames } from '../app/desired';

/**
 * Returns the names of the objects of a workspace. The policy `bailiwick-workspace-pods` finds the owner in the name of
 * a pod, which begins with that of its Job. Each start has its own Job, and a workspace
 * that is deleted and created again has another volume. One that is restored from a backup keeps its volume.
 */
export function namesOf({ metadata, spec }: Workspace): WorkspaceNames {
  const { name, namespace, uid } = metadata;
  const { owner, startedAt = '' } = spec;
  return {
    job: `workspace.${ownerSlug(owner)}.${hashOf([
      namespace,
      name,
      startedAt,
    ])}`,
    volume: `workspace.${name}.${hashOf([
      metadata.annotations?.[annotations.volumeUid] ?? uid,
    ])}`,
  };
}

function hashOf(parts: (string | undefined)[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts));
  return hash.digest('hex').slice(0, 8);
}
