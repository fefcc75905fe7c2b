import type { DomainPack } from '../../kinds';
import {
  answerChoices,
  brokenChoice,
  columnOptions,
} from '../pack/answerChoices';
import { formatProblem } from '../pack/formats';
import { parameterSchemas } from './parameterSchemas';

/** Answers to a parameter that show another one. @public */
export interface AnswerCondition {
  /** A boolean parameter, or one with choices. */
  parameter: string;
  is: (string | number | boolean)[];
}

/** Hints of a parameter under `x-bailiwick`, in addition to JSON Schema. @public */
export interface AnswerRules {
  /** Shows the parameter only for certain answers to another one. */
  when?: AnswerCondition;
  /** Name of the parameter whose answer is the minimum, such as the start of a period. */
  notBefore?: string;
}

/**
 * Returns the problem of an answer that is before another one, such as `must not be before First month, 2009-01`;
 * `undefined` if the order is right or one answer is empty. Compares numbers by value, RFC 3339 instants by time, and
 * everything else as text, which also sorts ISO months and dates.
 *
 * @public
 */
export function brokenOrder(
  answer: unknown,
  earlier: { title: string; answer: unknown },
): string | undefined {
  const isEmpty = [answer, earlier.answer].some(
    value => value === undefined || value === null || value === '',
  );
  if (isEmpty) return undefined;
  const [one, other] = [answer, earlier.answer].map(comparable);
  const isBefore =
    typeof one === 'number' && typeof other === 'number'
      ? one < other
      : String(answer) < String(earlier.answer);
  return isBefore
    ? `must not be before ${earlier.title}, ${earlier.answer}`
    : undefined;
}

/** Whether a form shows a parameter for these answers; missing answers have their defaults. @public */
export function isParameterShown(
  parameters: Record<string, unknown>,
  name: string,
  answers: Record<string, unknown>,
): boolean {
  const properties = (parameters.properties ?? {}) as Record<string, any>;
  const { when } = (properties[name]?.['x-bailiwick'] ?? {}) as AnswerRules;
  if (!when) return true;
  const answer = answers[when.parameter] ?? properties[when.parameter]?.default;
  return (
    when.is.includes(answer as never) &&
    isParameterShown(parameters, when.parameter, answers)
  );
}

/** Returns a number for numbers and instants, whose offsets can differ; other answers unchanged. */
function comparable(answer: unknown): unknown {
  const isInstant =
    typeof answer === 'string' &&
    formatProblem('date-time', answer) === undefined;
  return isInstant ? Date.parse(answer.toUpperCase()) : answer;
}

/**
 * Returns the violated rules of answers, each with the title of its parameter: the order of answers, and choices from
 * data sets. Hidden parameters are not checked. Does not validate JSON Schema.
 *
 * @param datasets - data sets of the compiled pack
 * @public
 */
export function brokenAnswers(
  parameters: Record<string, unknown>,
  answers: Record<string, unknown>,
  datasets: DomainPack['spec']['datasets'] = [],
): string[] {
  return compileAnswerRules(parameters, datasets)(answers);
}

/** Prepares {@link brokenAnswers} for many sets of answers. @public */
export function compileAnswerRules(
  parameters: Record<string, unknown>,
  datasets: DomainPack['spec']['datasets'],
): (answers: Record<string, unknown>) => string[] {
  const schemas = new Map(parameterSchemas(parameters));
  const titleOf = (name: string) => String(schemas.get(name)?.title ?? name);
  const rules = [...schemas].map(([name, schema]) => {
    const { notBefore } = (schema['x-bailiwick'] ?? {}) as AnswerRules;
    const options = columnOptions(schema);
    const choices = options && answerChoices(datasets, options);
    return { name, notBefore, choices };
  });
  return answers =>
    rules
      .filter(({ name }) => isParameterShown(parameters, name, answers))
      .flatMap(({ choices, name, notBefore }) =>
        [
          notBefore &&
            brokenOrder(answers[name], {
              title: titleOf(notBefore),
              answer: answers[notBefore],
            }),
          choices &&
            brokenChoice(answers[name], choices, {
              answers,
              title: choices.narrowed && titleOf(choices.narrowed.parameter),
            }),
        ].flatMap(words => (words ? [`${titleOf(name)} ${words}`] : [])),
      );
}
