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
 * Evaluates an approval rule, a CEL expression over `request` and `evidence`.
 *
 * @throws RuleError when it cannot be parsed, names something unknown or gives no truth value
 */
export function evaluateRule(
  when: string,
  { request, evidence }: RuleFacts,
): boolean {
  const result = run(when, {
    request: toCel(request),
    evidence: toCel(evidence),
  });
  if (isCelError(result)) throw new RuleError(result);
  if (typeof result !== 'boolean') {
    throw new RuleError(new Error('the expression gives no truth value'));
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
