import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  answerChoices,
  columnOptions,
  isAsked,
  type AnswerRules,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { offeredAnswers } from '../parameters/offeredAnswers';
import { answerProblems, keptAnswers } from '../render/renderApp';

type Schema = Record<string, any>;
type Answers = Record<string, unknown>;
type Spec = Pick<DomainPack['spec'], 'datasets' | 'vocabulary'>;

/** Sets of answers that have each choice of a form at least once. */
export interface ChoiceAnswers {
  /** Without those of the tests. */
  sets: Answers[];
  /** How many choices the form offers, and how many of them the tests and sets have. */
  offered: number;
  tried: number;
}

interface Choice {
  name: string;
  value: unknown;
}

const keyOf = ({ name, value }: Choice) => JSON.stringify([name, value]);

/** Answers, and the parameters whose choices were made. */
interface Made {
  answers: Answers;
  fixed: string[];
}

/** A form whose choices are made one by one. */
class Form {
  /** All choices, by the order of their parameters. */
  readonly choices: Choice[];
  readonly #parameters: Schema;
  readonly #spec: Spec;

  constructor(parameters: Schema, spec: Spec) {
    this.#parameters = parameters;
    this.#spec = spec;
    this.choices = Object.keys(parameters.properties ?? {}).flatMap(name =>
      offeredAnswers(spec, this.#schema(name)).map(value => ({ name, value })),
    );
  }

  /** The choices that answers have. */
  choicesIn(answers: Answers): Choice[] {
    return Object.entries(answers)
      .filter(([name]) => isAsked(this.#parameters, name, answers))
      .flatMap(([name, answer]) =>
        [answer].flat().map(value => ({ name, value })),
      );
  }

  /** Answers with the first of some choices, and with others that go with it; `undefined` when it cannot be chosen. */
  answersWith(
    [first, ...others]: Choice[],
    base: Answers,
  ): Answers | undefined {
    const alone = this.#choose(first, { answers: base, fixed: [] });
    if (!alone || !this.#takes(alone.answers)) return undefined;
    let made = alone;
    for (const choice of others) {
      const next = made.fixed.includes(choice.name)
        ? undefined
        : this.#choose(choice, made);
      if (next && this.#takes(next.answers)) made = next;
    }
    return keptAnswers(this.#parameters, made.answers);
  }

  #schema(name: string): Schema {
    return this.#parameters.properties[name];
  }

  #takes(answers: Answers): boolean {
    const kept = keptAnswers(this.#parameters, answers);
    const archetype = { parameters: this.#parameters };
    return answerProblems(archetype, this.#spec, kept).length === 0;
  }

  /** Makes a choice and those that it needs, without changing what is fixed. */
  #choose({ name, value }: Choice, made: Made): Made | undefined {
    const isSame = [made.answers[name]].flat().includes(value);
    if (made.fixed.includes(name)) return isSame ? made : undefined;
    const needed = this.#neededFor({ name, value }, made.answers);
    if (!needed) return undefined;
    const around = needed.reduce<Made | undefined>(
      (so, choice) => so && this.#choose(choice, so),
      made,
    );
    if (!around) return undefined;
    const answers = {
      ...around.answers,
      [name]: this.#answerWith(name, value, around.answers),
    };
    const fixed = [...around.fixed, name];
    return { answers: this.#settled(answers, fixed), fixed };
  }

  /** Choices of other parameters without which this one is not offered; `undefined` when none offer it. */
  #neededFor({ name, value }: Choice, answers: Answers): Choice[] | undefined {
    const { when } = (this.#schema(name)['x-bailiwick'] ?? {}) as AnswerRules;
    const shown =
      when && !isAsked(this.#parameters, name, answers)
        ? [{ name: when.parameter, value: when.is[0] }]
        : [];
    const options = columnOptions(this.#schema(name));
    const narrowed =
      options && answerChoices(this.#spec.datasets, options)?.narrowed;
    if (!narrowed) return shown;
    const all = offeredAnswers(this.#spec, this.#schema(narrowed.parameter));
    const now = [answers[narrowed.parameter] ?? []].flat();
    const other = [...now, ...all].find(one =>
      narrowed.values[String(one)]?.includes(String(value)),
    );
    return other === undefined
      ? undefined
      : [...shown, { name: narrowed.parameter, value: other }];
  }

  /** An answer that has a choice: the choice itself, or a list with as many others as it needs. */
  #answerWith(name: string, value: unknown, answers: Answers): unknown {
    const schema = this.#schema(name);
    if (schema.type !== 'array') return value;
    const others = offeredAnswers(this.#spec, schema, answers).filter(
      one => one !== value,
    );
    return [value, ...others].slice(0, Math.max(1, schema.minItems ?? 1));
  }

  /** Gives other parameters whose answers are not offered any more the first choice that is. */
  #settled(answers: Answers, fixed: readonly string[]): Answers {
    let now = answers;
    // Choices that depend on each other in a row settle one by one.
    for (const _ of Object.keys(this.#parameters.properties))
      for (const name of Object.keys(this.#parameters.properties)) {
        const schema = this.#schema(name);
        const isFree = now[name] === undefined || fixed.includes(name);
        if (isFree || !columnOptions(schema)?.where) continue;
        const offered = offeredAnswers(this.#spec, schema, now);
        if ([now[name]].flat().every(one => offered.includes(one))) continue;
        now = { ...now, [name]: this.#answerWith(name, offered[0], now) };
      }
    return now;
  }
}

/**
 * Returns answers with which each choice of each parameter is tried at least once: values of an `enum`, of a column, and
 * yes and no. Each set has as many choices that are new as go together; choices that depend on another answer come with that answer.
 *
 * @param base - what the form proposes
 * @param tested - answers that are tried already
 */
export function choiceAnswers(
  parameters: Schema,
  spec: Spec,
  { base, tested }: { base: Answers; tested: readonly Answers[] },
): ChoiceAnswers {
  const form = new Form(parameters, spec);
  const open = new Set(form.choices.map(keyOf));
  const offered = open.size;
  const close = (answers: Answers) =>
    form.choicesIn(answers).forEach(choice => open.delete(keyOf(choice)));
  tested.forEach(close);
  const sets: Answers[] = [];
  let impossible = 0;
  for (const first of form.choices) {
    if (!open.has(keyOf(first))) continue;
    const others = form.choices.filter(choice => open.has(keyOf(choice)));
    const set = form.answersWith([first, ...others], base);
    if (set) {
      sets.push(set);
      close(set);
    }
    // What else is answered may keep it from being chosen at all.
    if (open.delete(keyOf(first))) impossible += 1;
  }
  return { sets, offered, tried: offered - impossible };
}
