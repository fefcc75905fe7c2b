import type { Plan } from '../../kinds/plan';
import { evaluateRule, type RuleFacts } from './evaluateRule';

/** A rule of a plan. @public */
export type ApprovalRule = Plan['spec']['approval']['rules'][number];

/** Result of the rules of a plan. @public */
export interface RuleEvaluation {
  /** The rule that decides and its position from 0; absent when a person must decide. */
  decision?: { rule: ApprovalRule; position: number };
  /** Rules that could not be evaluated, one sentence each. */
  problems: string[];
}

/**
 * Evaluates approval rules in their order; the first match decides. A rule that cannot be evaluated decides nothing,
 * and no later rule can approve, because the failed rule might have denied.
 *
 * @public
 */
export function evaluateRules(
  rules: ApprovalRule[],
  facts: RuleFacts,
): RuleEvaluation {
  const problems: string[] = [];
  for (const [position, rule] of rules.entries()) {
    try {
      const matches = evaluateRule(rule.when, facts);
      const canDecide = rule.verdict === 'deny' || problems.length === 0;
      if (matches && canDecide)
        return { decision: { rule, position }, problems };
    } catch (error) {
      const words = (error as Error).message;
      problems.push(`Rule ${position + 1} can't be evaluated: ${words}`);
    }
  }
  return { problems };
}
