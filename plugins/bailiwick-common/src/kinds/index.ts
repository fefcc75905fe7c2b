import type { Kind } from '../schema/kind';
import { appKind } from './app';
import { changeRequestKind } from './changeRequest';
import { clusterKind } from './cluster';
import { connectionKind } from './connection';
import { domainPackKind } from './domainPack';
import { grantKind } from './grant';
import { planKind } from './plan';
import { releaseKind } from './release';
import { runKind } from './run';
import { tenantKind } from './tenant';

export {
  appKind,
  historyLength,
  withRelease,
  type App,
  type AppEnvironment,
  type AppEnvironmentStatus,
  type AppCheckStatus,
  type AppHistoryEntry,
} from './app';
export {
  changeRequestKind,
  proposedPlan,
  requestEnd,
  type ChangeAction,
  type ChangeRequest,
} from './changeRequest';
export {
  changeSchemas,
  promotionSchema,
  readProposal,
  type Proposal,
  type TenantAction,
} from './changes';
export { clusterKind, type Cluster } from './cluster';
export { connectionKind, type Connection } from './connection';
export {
  contractSchema,
  type Contract,
  type ContractCheck,
  type ContractColumn,
  type ContractVerb,
  type ContractFunction,
  ownAnswersSchema,
  type OwnAnswers,
} from './contract';
export { domainPackKind, type Archetype, type DomainPack } from './domainPack';
export { grantClients, grantKind, type Grant, type GrantClient } from './grant';
export { planKind, type Plan } from './plan';
export { releaseKind, type Release } from './release';
export { runKind, type Run, type RunPhase } from './run';
export {
  amountFields,
  budgetedResources,
  containerResources,
  resourceNames,
  resources,
  type Amounts,
  type BudgetedResource,
  type ContainerResource,
  type ResourceConsumer,
  type ResourceName,
  type ResourceRow,
  type ResourceUnit,
} from './resources';
export { scheduleSchema } from './shapes';
export {
  mostUsageSamples,
  tenantKind,
  tenantRoles,
  tenantSpecSchema,
  type Tenant,
  type TenantEnvironment,
  type TenantRole,
  type TenantSpec,
  type UsageSample,
} from './tenant';

/** All kinds of the API, in the order in which they are installed. */
export const kinds: Kind[] = [
  planKind,
  clusterKind,
  domainPackKind,
  connectionKind,
  tenantKind,
  changeRequestKind,
  appKind,
  releaseKind,
  grantKind,
  runKind,
];
