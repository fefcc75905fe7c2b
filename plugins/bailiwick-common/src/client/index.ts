/**
 * Client of the portal's REST API and the views that it returns.
 *
 * @packageDocumentation
 */
export { BailiwickClient } from './BailiwickClient';
export { CodeClient } from './CodeClient';
export type {
  NewWorkspace,
  WorkspaceAddress,
  WorkspaceOptions,
  WorkspaceView,
} from './workspaceViews';
export {
  EnvironmentClient,
  type EnvironmentPlace,
  type Send,
} from './EnvironmentClient';
export {
  JsonClient,
  type CallOptions,
  type OpenOptions,
  type WatchPath,
} from './JsonClient';
export { RequestFailedError } from './RequestFailedError';
export { traceIdOf } from './traceParent';
export {
  type FleetMessage,
  type FleetEnvironment,
  type FleetRow,
  type FleetTenant,
  type FleetView,
} from './fleet';
export { type GuidePart, type GuideSummary, type GuideView } from './guides';
export {
  defaultLogLines,
  type LogLine,
  type LogMessage,
  type LogView,
} from './logs';
export {
  type AppCallTotals,
  type CallHistoryView,
  type CallTotals,
} from './callHistory';
export {
  type CallRate,
  type CallsView,
  type ContainerView,
  type EnvironmentRights,
  type MetricsView,
  type PodView,
  type PreviewCell,
  type PreviewView,
  type TerminalMessage,
  type TerminalSize,
  type VerbOutcome,
} from './podViews';
export {
  type CommitChanges,
  type CommitView,
  type BranchView,
  type BuildView,
  type CreatedCommit,
  type FileContent,
  type FileTree,
  type CodeProblem,
  type ColumnPin,
  type NewCommit,
  type LibraryTypes,
  type NewTry,
  type TryView,
} from './codeViews';
export {
  type AppPreflightView,
  type AppView,
  type ClusterStep,
  type ClusterView,
  type DeploymentView,
  type EventView,
  type GrantView,
  type IssuedGrant,
  type MeView,
  type NewApp,
  type NewGrant,
  type ReadersView,
  type ReaderView,
  type ReadsView,
  type NewRepository,
  type PackView,
  type PipelineStage,
  type PendingPromotion,
  type PipelineView,
  type PreflightDecision,
  type PreflightView,
  type PromotionPreflightView,
  type PromotionView,
  type QuotaAfter,
  type ReadingView,
  type ReleaseView,
  type RepositoryHostView,
  type RepositoryView,
  type RequestView,
  type Staleness,
  type TenantView,
  type WorkView,
} from './views';
export {
  searchKinds,
  searchTypes,
  type BailiwickDocument,
  type SearchKind,
} from './searchDocument';
export {
  type AppAccessView,
  type NewAccess,
  type ReadAccessView,
  type ReadableApp,
  type ReadableEnvironment,
} from './accessViews';
