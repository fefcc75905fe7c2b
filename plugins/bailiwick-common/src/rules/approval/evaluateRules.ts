import type { Plan } from '../../kinds/plan';
import { evaluateRule, type RuleFacts } from './evaluateRule';

/** A rule of a plan. */
export type ApprovalRule = Plan['spec']['approval']['rules'][number];

/** What the rules of a plan say. */
export interface RuleEvaluation {
  /** The rule that decides and its position from 0; absent when a person must decide. */
  decision?: { rule: ApprovalRule; position: number };
  /** Sentences about rules that could not be evaluated. */
  problems: string[];
}

/**
 * Evaluates approval rules in their order; the first that matches decides. A rule that cannot be
 * evaluated decides nothing, and after it no other rule approves: it might have denied.
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
