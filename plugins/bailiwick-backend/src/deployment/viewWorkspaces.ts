import {
  isWanted,
  workspaceEnd,
  type Workspace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  AppView,
  WorkspaceView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { WatchedLists } from '@bailiwick/backstage-plugin-bailiwick-node';
import { ofApp } from '../authorization';

/** The workspaces of an app, by name. A change that the operator has not seen yet is shown at once. */
export function viewWorkspaces(
  { metadata }: AppView,
  { workspaces }: Pick<WatchedLists, 'workspaces'>,
): WorkspaceView[] {
  return ofApp(workspaces, metadata)
    .sort((a, b) => a.metadata.name.localeCompare(b.metadata.name))
    .map(workspace => {
      const { spec, status = {} } = workspace;
      const { next, phase = 'Pending', why } = status;
      const isOff = phase === 'Stopped' || phase === 'Failed';
      const isOn = isWanted(workspace);
      const isOutdated = isOn
        ? phase === 'Stopped' || (phase === 'Failed' && !isObserved(workspace))
        : !isOff;
      return {
        name: workspace.metadata.name,
        owner: spec.owner,
        environment: spec.environment,
        cpu: spec.cpu,
        memory: spec.memory,
        storage: spec.storage,
        idleMinutes: spec.idleMinutes,
        startedAt: spec.startedAt,
        isOn,
        expiresAt: isOn ? undefined : workspaceEnd(workspace),
        ...(isOutdated
          ? { phase: isOn ? 'Pending' : 'Stopped' }
          : { phase, ...(why && { why }), ...(next && { next }) }),
      };
    });
}

/** Whether the status belongs to the current spec. */
function isObserved({ metadata, status }: Workspace): boolean {
  return status?.observedGeneration === metadata.generation;
}
