import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  answerChoices,
  columnOptions,
  offeredChoices,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { resolveParameters } from './parameters';

type Schema = Record<string, any>;

/**
 * Returns all answers that a form offers to a parameter, or to each item of a list; none where it takes too many to
 * list.
 *
 * @param answers - to the other parameters; without them the choices for all of their answers are returned
 */
export function offeredAnswers(
  spec: Pick<DomainPack['spec'], 'datasets' | 'vocabulary'>,
  schema: Schema,
  answers?: Record<string, unknown>,
): unknown[] {
  const resolved = resolveParameters(schema, spec);
  const single = resolved.type === 'array' ? resolved.items ?? {} : resolved;
  if (single.type === 'boolean') return [true, false];
  if (Array.isArray(single.enum)) return single.enum;
  const options = columnOptions(schema);
  const choices = options && answerChoices(spec.datasets, options);
  if (!choices) return [];
  return answers ? offeredChoices(choices, answers) : choices.values;
}
