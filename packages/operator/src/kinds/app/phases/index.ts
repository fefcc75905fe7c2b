export { secretCopiesOf, pruneSecrets } from './applySecrets';
export { applyWorkload } from './applyWorkload';
export { pruneBuilds } from './requirePackages';
export { pruneCopies, pruneDrafts } from './pruneBundles';
export { pruneEnvironments, pruneRuns, removeApp } from './removeApp';
export { removeOrphanedReleases } from './removeOrphanedReleases';
export { removeLeftovers } from './removeLeftovers';
export { revokeConnections } from './revokeConnections';
export { suspendWorkload } from './suspendWorkload';
