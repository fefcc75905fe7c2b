export { evaluateRule, RuleError, type RuleFacts } from './evaluateRule';
export { judge, type ApprovalRule, type Judgement } from './judge';
export {
  budgetProblems,
  endProblems,
  latestEnd,
  lateEnds,
  planProblems,
} from './planProblems';
export {
  ownersOf,
  requestFacts,
  type AskedChange,
  type RequestFacts,
} from './requestFacts';
export { requestWords } from './requestWords';
export {
  tenantRequestSchema,
  type TenantRequest,
  type TenantRequestInput,
} from './tenantRequest';
