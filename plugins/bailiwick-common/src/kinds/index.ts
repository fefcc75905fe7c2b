/**
 * Kinds of the API with their names, labels and schemas.
 *
 * @packageDocumentation
 */
export {
  appKind,
  canarySchema,
  historyLength,
  withRelease,
  type App,
  type AppAddressStatus,
  type AppCanaryStatus,
  type AppCheckStatus,
  type AppEnvironment,
  type AppEnvironmentStatus,
  type AppHistoryEntry,
} from './app';
export {
  buildKind,
  buildResultSchema,
  maxPackageFile,
  packageFiles,
  type Build,
  type BuildResult,
  type PackageFile,
} from './build';
export {
  changeRequestKind,
  requestEnd,
  type ChangeAction,
  type ChangeRequest,
} from './changeRequest';
export { accessSchema, maxAccessDays } from './accessRequest';
export {
  changeSchemas,
  overridableChecks,
  promotionSchema,
  readProposal,
  type OverridableCheck,
  type Proposal,
  type TenantAction,
} from './changes';
export {
  addressesReadyCondition,
  clusterKind,
  nodesReadyCondition,
  type Cluster,
} from './cluster';
export { hostNameMax, hostRuleExample, type Networking } from './networking';
export { connectionKind, type Connection } from './connection';
export {
  contractSchema,
  ownAnswersSchema,
  slotUsageSchema,
  testReportSchema,
  testResponseSchema,
  type Contract,
  type ContractCheck,
  type ContractColumn,
  type ContractFunction,
  type ContractVerb,
  type OwnAnswers,
  type SlotUsage,
  type TestReport,
  type TestResponse,
} from './contract';
export {
  domainPackKind,
  maxIconBytes,
  packColours,
  type Archetype,
  type DomainPack,
  type PackColour,
} from './domainPack';
export {
  grantClients,
  grantKind,
  grantRestrictionsSchema,
  isCidr,
  type CallTally,
  type Grant,
  type GrantClient,
} from './grant';
export { kinds } from './kinds';
export {
  appNameMax,
  appNameRules,
  brokenRules,
  environmentNameMax,
  environmentNameRules,
  tenantNameMax,
  tenantNameRules,
} from './nameRules';
export {
  annotations,
  apiVersion,
  finalizer,
  group,
  labels,
  managedBy,
  version,
} from './naming/labels';
export { lookAlike, readAsOne } from './naming/lookAlikes';
export {
  appOfLabel,
  bundleName,
  canaryName,
  environmentNamespace,
  homeNamespace,
  isNamespaceOf,
  tenantOfHome,
} from './naming/namespaces';
export {
  appNameTaken,
  tenantNameLookAlike,
  tenantNameTaken,
  tenantNameWaiting,
} from './naming/nameRefusals';
export { isTenantGroup, tenantGroupNamespace } from './naming/tenantGroups';
export { planKind, type Plan } from './plan';
export { readinessChecks, type ReadinessCheck } from './readinessChecks';
export { releaseKind, type Release } from './release';
export {
  containerKey,
  containerResources,
  nodeResources,
  resourceNames,
  resources,
  type Amounts,
  type BudgetedResource,
  type ContainerResource,
  type NodeResource,
  type ResourceName,
  type ResourceRow,
} from './planResources';
export { runKind, type Run } from './run';
export { runtimePort, workspacePort } from './runtimePort';
export { durationToMilliseconds } from './schema/duration';
export {
  fieldPath,
  firstIssues,
  isMissing,
  issueWords,
  validate,
  type Column,
  type Kind,
  type KubeObject,
  type ObjectMeta,
  type ObjectOf,
} from './schema/kind';
export { type Rule } from './schema/rules';
export { scheduleSchema } from './shapes';
export { findCondition, type Condition } from './status/conditions';
export { healthWords, worstHealth, type Health } from './status/health';
export { staleSchema, type Stale } from './status/stale';
export {
  maxAccesses,
  mostUsageSamples,
  tenantKind,
  tenantRoles,
  type Access,
  type Tenant,
  type TenantEnvironment,
  type TenantRole,
  type TenantSpec,
  type UsageSample,
} from './tenant';
export { titleMax, titleSchema } from './schema/scalars';
export {
  idleMinutes,
  isWanted,
  ownerSlug,
  workspaceDays,
  workspaceEnd,
  workspaceKind,
  workspaceName,
  type Workspace,
} from './workspace';
