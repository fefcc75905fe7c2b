import {
  KubeApiError,
  KubeConnectionError,
  PortForwardError,
} from '@bailiwick/backstage-kube-controller';
import { notices, type Notice } from './pages';

/** State of a workspace. */
export type WorkspaceState = 'starting' | 'running' | 'stopped';

/**
 * Returns the notice for a connection that failed.
 *
 * @param reloads - whether a page may reload itself
 */
export function noticeOf(
  error: Error & { code?: string },
  state: WorkspaceState,
  reloads: boolean,
): Notice {
  if (error instanceof KubeApiError && [401, 403].includes(error.status))
    return notices.forbidden;
  if (state === 'stopped') return notices.stopped;
  if (state !== 'starting' && !isUnreachable(error)) return notices.broken;
  return reloads ? notices.starting : notices.notStarted;
}

function isUnreachable(error: Error & { code?: string }): boolean {
  return (
    error instanceof PortForwardError ||
    error instanceof KubeApiError ||
    error instanceof KubeConnectionError ||
    error.code === 'ECONNREFUSED'
  );
}
