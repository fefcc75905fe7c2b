import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  answerChoices,
  columnOptions,
  offeredChoices,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { resolveParameters } from './resolveParameters';

type Schema = Record<string, any>;

/**
 * Returns all options of a parameter, or of each item of a list; none if there are too many to list.
 *
 * @param answers - answers to the other parameters; without them, the options for all of their answers are returned
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
