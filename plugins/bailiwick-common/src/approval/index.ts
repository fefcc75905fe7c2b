export { type RuleFacts } from './evaluateRule';
export { judge, type ApprovalRule, type Judgement } from './judge';
