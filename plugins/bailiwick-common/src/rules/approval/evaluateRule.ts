import { isCelError, run, type CelInput } from '@bufbuild/cel';

/** Facts for a rule. @public */
export interface RuleFacts {
  request: Record<string, unknown>;
  evidence: Record<string, unknown>;
}

/** Thrown if a rule cannot be evaluated; such a rule decides nothing. */
export class RuleError extends Error {
  constructor(cause: unknown) {
    super((cause as Error).message ?? String(cause), { cause });
    this.name = 'RuleError';
  }
}

/**
 * Evaluates a CEL expression over named facts: an approval rule over {@link RuleFacts}, or a policy of a pack over an
 * app.
 *
 * @throws RuleError if the expression is invalid, uses an unknown name or does not return a boolean
 * @public
 */
export function evaluateRule(when: string, facts: object): boolean {
  const result = run(when, toCel(facts) as Record<string, CelInput>);
  if (isCelError(result)) throw new RuleError(result);
  if (typeof result !== 'boolean') {
    throw new RuleError(new Error('the expression must return a boolean'));
  }
  return result;
}

// In CEL, 1 is an integer and does not add to 1.0; JSON numbers do not make that difference.
function toCel(value: unknown): CelInput {
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(toCel);
  if (value === null || typeof value !== 'object') return value as CelInput;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => [name, toCel(field)]),
  );
}
