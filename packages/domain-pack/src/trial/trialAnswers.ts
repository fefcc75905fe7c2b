import { isDeepStrictEqual } from 'node:util';
import { proposedAnswers } from '../parameters/proposedAnswers';
import type { ArchetypeManifest } from '../source/schemas';

/** Answers of a form, and the tests that have them. */
export interface TrialAnswers {
  answers: Record<string, unknown>;
  tests: ArchetypeManifest['tests'];
}

/** The tests of an archetype, those with the same answers together. */
export function byAnswers({
  parameters,
  tests,
}: ArchetypeManifest): TrialAnswers[] {
  const proposed = proposedAnswers(parameters);
  const groups: TrialAnswers[] = [];
  for (const test of tests) {
    const answers = { ...proposed, ...test.answers };
    const same = groups.find(one => isDeepStrictEqual(one.answers, answers));
    if (same) same.tests.push(test);
    else groups.push({ answers, tests: [test] });
  }
  return groups;
}

/** Returns the defaults of an archetype's form; completed with the answers of its first test. */
export function firstAnswers({
  parameters,
  tests,
}: ArchetypeManifest): Record<string, unknown> {
  const proposed = proposedAnswers(parameters);
  const required = (parameters.required ?? []) as string[];
  return required.every(name => Object.hasOwn(proposed, name))
    ? proposed
    : { ...proposed, ...tests[0]?.answers };
}

/** Every set of answers that an archetype is known to work with. */
export function knownAnswers(
  source: ArchetypeManifest,
): Record<string, unknown>[] {
  const first = firstAnswers(source);
  const others = byAnswers(source)
    .map(({ answers }) => answers)
    .filter(answers => !isDeepStrictEqual(answers, first));
  return [first, ...others];
}
