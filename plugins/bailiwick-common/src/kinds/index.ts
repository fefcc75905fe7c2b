import type { Kind } from '../schema/kind';
import { appKind } from './app';
import { changeRequestKind } from './changeRequest';
import { clusterKind } from './cluster';
import { domainPackKind } from './domainPack';
import { grantKind } from './grant';
import { planKind } from './plan';
import { releaseKind } from './release';
import { tenantKind } from './tenant';

export {
  appKind,
  type App,
  type AppEnvironment,
  type AppEnvironmentStatus,
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
  readProposal,
  type Proposal,
  type TenantAction,
} from './changes';
export { clusterKind, type Cluster } from './cluster';
export {
  contractSchema,
  type Contract,
  type ContractColumn,
  type ContractFunction,
} from './contract';
export { domainPackKind, type Archetype, type DomainPack } from './domainPack';
export { grantClients, grantKind, type Grant, type GrantClient } from './grant';
export { planKind, type Plan } from './plan';
export { releaseKind, type Release } from './release';
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
  tenantKind,
  changeRequestKind,
  appKind,
  releaseKind,
  grantKind,
];
