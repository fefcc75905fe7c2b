import { ownValue } from './ownValue';
import type { DomainPack } from '../../kinds';

type Schema = Record<string, any>;
type Answers = Record<string, unknown>;

/** Choices of a parameter from a column of a data set (`x-bailiwick.options`). @public */
export interface ColumnOptions {
  dataset: string;
  column: string;
  /** Offers only rows whose column equals the answer to a parameter: `{ <column>: <parameter> }`, one pair. */
  where?: Record<string, string>;
}

/** Choices by the answer to another parameter. @public */
export interface NarrowedChoices {
  /** The other parameter. */
  parameter: string;
  /** Choices by answer, as text. */
  values: Record<string, string[]>;
}

/** Choices of a parameter, or of each item of a list. @public */
export interface AnswerChoices {
  values: string[];
  /** Labels of the values; values without a label are shown unchanged. */
  labels: Record<string, string>;
  narrowed?: NarrowedChoices;
}

/** Maximum number of choices in a message. */
const mostNamed = 10;

/**
 * Returns the column with the choices of a parameter, or of each item of a list; `undefined` if there is none.
 *
 * @public
 */
export function columnOptions(parameter: Schema): ColumnOptions | undefined {
  return (
    parameter?.['x-bailiwick']?.options ??
    parameter?.items?.['x-bailiwick']?.options
  );
}

/** Returns the choices of a column in a compiled pack; `undefined` if there are none. @public */
export function answerChoices(
  datasets: DomainPack['spec']['datasets'],
  { column, dataset, where }: ColumnOptions,
): AnswerChoices | undefined {
  const found = datasets.find(({ name }) => name === dataset);
  const labels = ownValue(found?.labels, column) ?? {};
  const [[by, parameter] = []] = Object.entries(where ?? {});
  if (by === undefined || parameter === undefined) {
    const values = ownValue(found?.options, column);
    return values && { values, labels };
  }
  const narrowed = ownValue(ownValue(found?.optionsBy, column), by);
  return (
    narrowed && {
      values: [...new Set(Object.values(narrowed).flat())].sort(),
      labels,
      narrowed: { parameter, values: narrowed },
    }
  );
}

/**
 * Returns the choices that match the other answers.
 *
 * @param answers - if the other answer is a list, the choices of all its items are offered
 * @public
 */
export function offeredChoices(
  { narrowed, values }: Pick<AnswerChoices, 'narrowed' | 'values'>,
  answers: Answers,
): string[] {
  if (!narrowed) return values;
  const offered = new Set(
    [answers[narrowed.parameter] ?? []]
      .flat()
      .flatMap(answer => ownValue(narrowed.values, String(answer)) ?? []),
  );
  return values.filter(value => offered.has(value));
}

/** Returns the label of a choice; the value itself if it has none. @public */
export function choiceLabel(
  { labels }: Pick<AnswerChoices, 'labels'>,
  value: string,
): string {
  return ownValue(labels, value) ?? value;
}

/**
 * Returns the problem of an answer, or of an item of a list, that is not a choice; for use after the title of its
 * parameter, such as `can't be NLRTM with this answer to Country: choose DEHAM`. `undefined` if the answer is valid
 * or empty.
 *
 * @param title - title of the parameter on whose answer the choices depend
 * @public
 */
export function brokenChoice(
  answer: unknown,
  choices: AnswerChoices,
  {
    answers,
    title = choices.narrowed?.parameter,
  }: { answers: Answers; title?: string },
): string | undefined {
  const offered = offeredChoices(choices, answers);
  const wrong = [answer ?? []]
    .flat()
    .find(one => one !== '' && !offered.includes(String(one)));
  if (wrong === undefined) return undefined;
  if (offered.length === 0)
    return choices.narrowed
      ? `needs a different answer to ${title}`
      : 'has no choices';
  const nameOf = (value: string) => {
    const label = choiceLabel(choices, value);
    return label === value ? value : `${label} (${value})`;
  };
  const named = offered.slice(0, mostNamed).map(nameOf);
  const others = offered.length - named.length;
  return `can't be ${nameOf(String(wrong))}${
    choices.narrowed ? ` with this answer to ${title}` : ''
  }: choose ${named.length > 1 ? 'one of ' : ''}${named.join(', ')}${
    others > 0 ? ` and ${others} more` : ''
  }`;
}
