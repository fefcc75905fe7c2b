export { createWorkspaceController } from './createWorkspaceController';
