import { isCelError, run, type CelInput } from '@bufbuild/cel';

/** What a rule sees. */
export interface RuleFacts {
  request: Record<string, unknown>;
  evidence: Record<string, unknown>;
}

/** The rule cannot be evaluated; such a rule never decides. */
export class RuleError extends Error {
  constructor(cause: unknown) {
    super((cause as Error).message ?? String(cause), { cause });
    this.name = 'RuleError';
  }
}

/**
 * Evaluates a CEL expression over facts by their names: an approval rule over {@link RuleFacts}, a
 * policy of a pack over an app.
 *
 * @throws RuleError when it cannot be parsed, names something unknown or gives no truth value
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
