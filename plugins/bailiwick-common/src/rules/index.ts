/**
 * Rules over the kinds: quotas, approval, access, contracts, releases and packs.
 *
 * @packageDocumentation
 */
export {
  appHost,
  givesAddresses,
  hostProblem,
  type AddressedApp,
} from './app/appHost';
export { cordonRefusal } from './access/cordonRefusal';
export { decidersOf, decidingPlan, canDecide } from './access/deciders';
export {
  accessesOf,
  coversTarget,
  canReadAs,
  type ReadTarget,
} from './access/appAccess';
export {
  callHistorySchema,
  historyResolutions,
  latencyBounds,
  slotAt,
  slotFigures,
  slotWidth,
  type CallHistory,
} from './history/callHistory';
export {
  maxReads,
  readRecordSchema,
  type ReadQuery,
  type ReadRecord,
} from './history/readRecord';
export { formatCount } from './format/formatCount';
export { formatCommit } from './format/formatCommit';
export { formatRelease } from './format/formatRelease';
export { SlotRing } from './history/SlotRing';
export {
  grantEnd,
  isReaderGrant,
  oldestGrants,
  type AnyGrant,
} from './access/grants';
export {
  concernsTenant,
  targetTenant,
  tenantOf,
} from './access/concernsTenant';
export {
  accessRequestPermission,
  accessRevokePermission,
  appCreatePermission,
  appDeletePermission,
  appOperatePermission,
  appPromotePermission,
  appReadPermission,
  appResourceType,
  appRunPermission,
  appTerminalPermission,
  bailiwickPermissions,
  environmentResourceType,
  grantCreatePermission,
  grantReadPermission,
  grantRevokePermission,
  repositoryCreatePermission,
  requestDecidePermission,
  requestReadPermission,
  requestResourceType,
  requestWithdrawPermission,
  tenantChangePermission,
  tenantCreatePermission,
  tenantExportPermission,
  tenantReadPermission,
  tenantResourceType,
} from './access/permissions';
export {
  isMember,
  isPlatformEngineer,
  canBuild,
  canBuildAs,
  canRead,
  membershipIn,
  platformGroup,
  withPlatformGroup,
  roleIn,
  type Person,
} from './access/roles';
export { shortEntityRef } from './access/shortEntityRef';
export { branchConflict, branchProblem, mainBranch } from './app/branchProblem';
export { readableText } from './app/readableText';
export {
  readinessOf,
  type Readiness,
  type ReadinessFacts,
} from './app/readiness';
export { scheduleIn, settingsIn } from './app/settings';
export {
  chooseBucket,
  type BucketChoice,
  type BucketConnection,
} from './results/chooseBucket';
export { chooseConnection, type AppPlace } from './results/chooseConnection';
export { evaluateRule, type RuleFacts } from './approval/evaluateRule';
export {
  evaluateRules,
  type ApprovalRule,
  type RuleEvaluation,
} from './approval/evaluateRules';
export {
  budgetProblems,
  endProblems,
  lateEnds,
  latestEnd,
  planProblems,
} from './approval/planProblems';
export {
  ownersOf,
  requestFacts,
  type AskedChange,
  type RequestFacts,
} from './approval/requestFacts';
export { changesRequested } from './approval/changesRequested';
export { isUndecided } from './approval/isUndecided';
export { describeRequest } from './approval/describeRequest';
export { targetTitleOf, type TitleLists } from './approval/targetTitleOf';
export {
  requestCommentSchema,
  type RequestComment,
} from './approval/requestComment';
export {
  isInProgress,
  requestStateOf,
  type RequestState,
} from './approval/requestState';
export {
  tenantRequestSchema,
  type TenantRequest,
  type TenantRequestInput,
} from './approval/tenantRequest';
export {
  brokenAnswers,
  brokenOrder,
  compileAnswerRules,
  isParameterShown,
  type AnswerCondition,
  type AnswerRules,
} from './contract/answerRules';
export {
  compareByName,
  compareContracts,
  compareResults,
  type ChangeLevel,
  type Difference,
} from './contract/compareContracts';
export {
  formatsBySuffix,
  fileFormatsOf,
  formatsOf,
  formatTitle,
  isRelational,
  resultSchema,
  type MediaType,
} from './contract/resultFormats';
export {
  contractToOpenApi,
  type OpenApiDocument,
  type OpenApiOptions,
} from './contract/openApi';
export {
  firstSentence,
  joinSentences,
  paragraphsOf,
  withFullStop,
} from './format/sentences';
export { parameterSchemas } from './contract/parameterSchemas';
export { requiredParameters } from './contract/requiredParameters';
export { toQuery } from './contract/toQuery';
export { publishedEnvironment } from './contract/publishedEnvironment';
export { describeType } from './contract/describeType';
export { escapeXml } from './connections/escapeXml';
export { appsScript } from './connections/appsScript';
export type { ConnectionSource } from './connections/ConnectionSource';
export { officeConnection } from './connections/officeConnection';
export { powerQuery } from './connections/powerQuery';
export { qlikConnection, qlikScript } from './connections/qlikScript';
export {
  datasetsOf,
  findArchetype,
  packOf,
  type PackLookUp,
} from './pack/packOf';
export {
  maxSampleRows,
  readTestResults,
  type ArchetypeSample,
  type ArchetypeTestResult,
  type PackTestResults,
} from './pack/packTestResults';
export {
  pictureOf,
  type Picture,
  type PictureCell,
  type PictureSeries,
} from './picture/pictureOf';
export { templateName } from './pack/templateName';
export { keptPackName, newestPacks, packNameOf } from './pack/versions';
export {
  answerChoices,
  brokenChoice,
  choiceLabel,
  columnOptions,
  offeredChoices,
  type AnswerChoices,
  type ColumnOptions,
  type NarrowedChoices,
} from './pack/answerChoices';
export {
  formatNames,
  formatProblem,
  formatRule,
  formats,
  textRule,
  type FormatName,
  type FormatRule,
  type TextRule,
} from './pack/formats';
export {
  addPackKeywords,
  schemaErrorWords,
  type SchemaCompiler,
  type ValidateText,
} from './pack/packKeywords';
export { mergeVocabulary } from './pack/mergeVocabulary';
export {
  checksumNames,
  checksumProblem,
  checksums,
  type ChecksumName,
  type ChecksumRule,
} from './pack/checksums';
export {
  amountRule,
  amountToNumber,
  amountToUnits,
  amountsOfQuota,
  byContainerKey,
  containerRequests,
  mapAmounts,
  quotaOfAmounts,
  readAmount,
  readQuota,
  resourceTitle,
  sumAmounts,
  unitSize,
  unitsToAmount,
  unitTitle,
} from './quota/amounts';
export { monthlyCost, type Cost } from './quota/cost';
export { nounFor, readExceededQuota } from './quota/exceededQuota';
export {
  budgetOf,
  limitProblems,
  compareWithBudget,
  effectiveLimits,
  sumLimits,
  type LimitSum,
} from './quota/limits';
export { parseQuantity, quantityToNumber, ratio } from './quota/quantity';
export {
  exceededQuotaMessage,
  exhaustedQuota,
  quotaProblem,
  quotaRemedy,
  type QuotaUsage,
} from './quota/quotaMessages';
export { deployedRelease } from './release/deployedRelease';
export {
  isSameCommit,
  runningAs,
  runningDifferences,
  runningIn,
  type Running,
  type RunningDifference,
} from './release/differences';
export {
  closedGates,
  failedChecksMessage,
  gatesOf,
  soakMinutesOf,
  type Gate,
  type GateCheck,
  type GateFacts,
} from './release/gates';
export {
  addTallies,
  canaryProblem,
  emptyTally,
  sameReleaseMessage,
  tallyCall,
} from './release/canary';
export { openDrafts } from './release/openDrafts';
export { testSummary } from './release/testSummary';
export { firstWarningDays, warningDays } from './tenant/warningDays';
