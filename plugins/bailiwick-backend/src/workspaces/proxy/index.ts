export {
  callWorkspace,
  WorkspaceCallError,
  type WorkspaceAnswer,
  type WorkspaceCall,
} from './callWorkspace';
export type { WorkspaceState } from './failures';
export {
  createWorkspaceProxy,
  type WorkspaceProxy,
  type WorkspaceProxyOptions,
} from './WorkspaceProxy';
export {
  WorkspaceSessions,
  type WorkspaceAccess,
  type WorkspaceSession,
} from './WorkspaceSessions';
