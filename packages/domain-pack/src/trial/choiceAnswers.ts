import { setImmediate as nextTurn } from 'node:timers/promises';
import { ChoiceForm, type Choice, type FormSpec } from './ChoiceForm';

type Answers = Record<string, unknown>;

/** Maximum number of answer sets. */
export const mostSets = 300;
/** Choices that no answers have, after which no other choice is tried. */
const mostUnreached = 1000;

/** Sets of answers that have each choice of a form at least once. */
export interface ChoiceAnswers {
  /** Without those of the tests. */
  sets: Answers[];
  /** Number of choices in the form, and how many of them the tests and generated sets cover. */
  offered: number;
  tried: number;
  /** Choices that no answers were found for. */
  unreached: Choice[];
  /** Number of choices that are not covered because there would be too many sets. */
  leftOut: number;
  /** Reason why the form rejects its own defaults; in this case, there are no sets. */
  refused: string[];
}

const keyOf = ({ name, value }: Choice) => JSON.stringify([name, value]);

/**
 * Returns sets of answers that cover each option of each parameter at least once: values of an `enum`, of a column, and
 * yes and no. Each set contains as many new options as are compatible; options that depend on another answer come with
 * that answer. Yields to other work of the process between the sets.
 *
 * @param base - defaults of the form
 * @param tested - answers that are already covered
 */
export async function choiceAnswers(
  parameters: Record<string, any>,
  spec: FormSpec,
  { base, tested }: { base: Answers; tested: readonly Answers[] },
): Promise<ChoiceAnswers> {
  const form = new ChoiceForm(parameters, spec);
  const open = new Map(form.choices.map(choice => [keyOf(choice), choice]));
  const offered = open.size;
  const close = (answers: Answers) =>
    form.choicesIn(answers).forEach(choice => open.delete(keyOf(choice)));
  tested.forEach(close);
  const sets: Answers[] = [];
  const unreached: Choice[] = [];
  const refused = form.problemsOf(base);
  while (
    open.size > 0 &&
    refused.length === 0 &&
    sets.length < mostSets &&
    unreached.length < mostUnreached
  ) {
    await nextTurn();
    const choices = [...open.values()];
    const set = form.answersWith(choices, base);
    if (set) {
      sets.push(set);
      close(set);
    }
    // What else is answered may keep it from being chosen at all.
    if (open.delete(keyOf(choices[0]))) unreached.push(choices[0]);
  }
  return {
    sets,
    offered,
    tried: offered - unreached.length - open.size,
    unreached,
    leftOut: refused.length > 0 ? 0 : open.size,
    refused,
  };
}
