import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  answerChoices,
  columnOptions,
  isParameterShown,
  offeredChoices,
  type AnswerChoices,
  type AnswerCondition,
  type AnswerRules,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { offeredAnswers } from '../parameters/offeredAnswers';
import { compileForm, keptAnswers } from '../render/renderApp';

type Schema = Record<string, any>;
type Answers = Record<string, unknown>;

/** Parts of a pack that the choices and rules of its forms use. */
export type FormSpec = Pick<DomainPack['spec'], 'datasets' | 'vocabulary'>;

/** One value that a form offers to a parameter. */
export interface Choice {
  name: string;
  value: unknown;
}

/** Answers, with the parameters whose choices are fixed. */
interface Made {
  answers: Answers;
  fixed: readonly string[];
}

/** A parameter with its options. */
interface Field {
  schema: Schema;
  values: unknown[];
  when?: AnswerCondition;
  /** Its choices, when they depend on another answer. */
  choices?: AnswerChoices & Required<Pick<AnswerChoices, 'narrowed'>>;
  /** Answers to the other parameter that offer a value. */
  offeredBy: Map<string, unknown[]>;
}

/** Combinations of other answers with which one choice is tried. */
const mostWays = 20;
/** Maximum number of checks to find one set of answers. */
const mostChecks = 100;

/** A form whose choices are made step by step. */
export class ChoiceForm {
  /** All choices, by the order of their parameters. */
  readonly choices: Choice[];
  readonly #parameters: Schema;
  readonly #fields: Map<string, Field>;
  readonly #problemsOf: (answers: Answers) => string[];
  #checks = 0;

  constructor(parameters: Schema, spec: FormSpec) {
    this.#parameters = parameters;
    this.#fields = fieldsOf(parameters, spec);
    this.#problemsOf = compileForm({ parameters }, spec);
    this.choices = [...this.#fields].flatMap(([name, { values }]) =>
      values.map(value => ({ name, value })),
    );
  }

  /** Returns the choices that answers have; those of hidden parameters do not count. */
  choicesIn(answers: Answers): Choice[] {
    return Object.entries(answers)
      .filter(([name]) => isParameterShown(this.#parameters, name, answers))
      .flatMap(([name, answer]) =>
        [answer].flat().map(value => ({ name, value })),
      );
  }

  /** Returns the form's problems with answers; empty if there are none. */
  problemsOf(answers: Answers): string[] {
    return this.#problemsOf(keptAnswers(this.#parameters, answers));
  }

  /**
   * Returns answers with the first of some choices, and with others that go with it.
   *
   * @returns `undefined` when no answers have the first choice
   */
  answersWith(
    [first, ...others]: readonly Choice[],
    base: Answers,
  ): Answers | undefined {
    this.#checks = 0;
    let made = this.#choose(first, { answers: base, fixed: [] });
    if (!made) return undefined;
    for (const choice of others) {
      if (this.#checks >= mostChecks) break;
      if (!made.fixed.includes(choice.name))
        made = this.#choose(choice, made) ?? made;
    }
    return keptAnswers(this.#parameters, made.answers);
  }

  /** Makes a choice in the first way that the form accepts. */
  #choose(choice: Choice, made: Made): Made | undefined {
    let ways = 0;
    for (const next of this.#waysTo(choice, made)) {
      this.#checks += 1;
      ways += 1;
      if (this.problemsOf(next.answers).length === 0) return next;
      if (ways >= mostWays) return undefined;
    }
    return undefined;
  }

  /** Yields the ways to make a choice, together with those that it requires, without changing fixed ones. */
  *#waysTo({ name, value }: Choice, made: Made): Generator<Made> {
    const isSame = [made.answers[name]].flat().includes(value);
    if (made.fixed.includes(name)) {
      if (isSame) yield made;
      return;
    }
    const begun = {
      answers: { ...made.answers, [name]: value },
      fixed: [...made.fixed, name],
    };
    for (const needed of this.#neededFor({ name, value }, made.answers))
      for (const { answers, fixed } of this.#waysToAll(needed, begun)) {
        const complete = {
          ...answers,
          [name]: this.#answerWith(name, value, answers),
        };
        yield { answers: this.#settled(complete, fixed), fixed };
      }
  }

  *#waysToAll([first, ...others]: Choice[], made: Made): Generator<Made> {
    if (!first) yield made;
    else
      for (const next of this.#waysTo(first, made))
        yield* this.#waysToAll(others, next);
  }

  /** Returns the combinations of other choices that show a parameter and offer it a value, present answers first. */
  #neededFor({ name, value }: Choice, answers: Answers): Choice[][] {
    const { choices, offeredBy, when } = this.#fields.get(name)!;
    const offering = offeredBy.get(String(value)) ?? [];
    const of = (parameter: string, values: readonly unknown[]) => {
      const now = [answers[parameter]].flat();
      return [
        ...values.filter(one => now.includes(one)),
        ...values.filter(one => !now.includes(one)),
      ]
        .slice(0, mostWays)
        .map(one => [{ name: parameter, value: one }]);
    };
    const other = choices?.narrowed.parameter;
    if (when && other === when.parameter)
      return of(
        other,
        when.is.filter(one => offering.includes(one)),
      );
    const shown = when ? of(when.parameter, when.is) : [[]];
    const offered = other === undefined ? [[]] : of(other, offering);
    return shown.flatMap(one => offered.map(two => [...one, ...two]));
  }

  /** An answer that has a choice: the choice itself, or a list with as many others as it needs. */
  #answerWith(name: string, value: unknown, answers: Answers): unknown {
    const { schema } = this.#fields.get(name)!;
    if (schema.type !== 'array') return value;
    const others = this.#offered(name, answers).filter(one => one !== value);
    return [value, ...others].slice(0, Math.max(1, schema.minItems ?? 1));
  }

  /** Returns the options of a parameter for the other answers. */
  #offered(name: string, answers: Answers): unknown[] {
    const { choices, values } = this.#fields.get(name)!;
    return choices ? offeredChoices(choices, answers) : values;
  }

  /** Replaces answers that are no longer offered by the first option. */
  #settled(answers: Answers, fixed: readonly string[]): Answers {
    const depending = [...this.#fields].flatMap(([name, { choices }]) =>
      choices && !fixed.includes(name) ? [name] : [],
    );
    let now = answers;
    // Chains of dependent choices settle one by one.
    for (const _ of depending)
      for (const name of depending) {
        if (now[name] === undefined) continue;
        const offered = this.#offered(name, now);
        if ([now[name]].flat().every(one => offered.includes(one))) continue;
        const answer =
          offered.length > 0
            ? this.#answerWith(name, offered[0], now)
            : undefined;
        now = { ...now, [name]: answer };
      }
    return now;
  }
}

function fieldsOf(parameters: Schema, spec: FormSpec): Map<string, Field> {
  const properties: Schema = parameters.properties ?? {};
  return new Map(
    Object.entries<Schema>(properties).map(([name, schema]) => {
      const { when } = (schema['x-bailiwick'] ?? {}) as AnswerRules;
      const values = offeredAnswers(spec, schema);
      const options = columnOptions(schema);
      const choices = options && answerChoices(spec.datasets, options);
      const narrowed = choices?.narrowed;
      const field = { schema, values, when, offeredBy: new Map() };
      if (!narrowed) return [name, field];
      const offeredBy = new Map<string, unknown[]>();
      for (const answer of offeredAnswers(spec, properties[narrowed.parameter]))
        for (const value of offeredChoices(choices, {
          [narrowed.parameter]: answer,
        }))
          offeredBy.set(value, [...(offeredBy.get(value) ?? []), answer]);
      return [name, { ...field, offeredBy, choices: { ...choices, narrowed } }];
    }),
  );
}
