import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { formatCount } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RenderedFile } from '../render';
import type { ArchetypeSource, PackSource } from '../source/readSource';
import { AuthorPlaces } from './AuthorPlaces';
import { choiceAnswers, mostSets, type ChoiceAnswers } from './choiceAnswers';
import type { Tell } from './PackCheck';
import type { Python, ServeOptions } from './Python';
import { byAnswers, firstAnswers } from './trialAnswers';
import { tryFunctions } from './tryApp';
import { writeApp } from './writeApp';

type Answers = Record<string, unknown>;

/** Sets of answers for which the code of an archetype runs; the others are only rendered. */
const mostRuns = 30;
/** Sets of answers whose code runs at a time. */
const together = 2;
/** Failures after which no other set is tried: they often have one cause. */
const mostFailures = 3;
/** Choices that a note names. */
const mostNamed = 10;

/** An archetype whose choices are tried. */
interface TriedForm extends ServeOptions {
  pack: PackSource;
  compiled: DomainPack;
  archetype: ArchetypeSource;
  render: (answers: Answers) => RenderedFile[];
  /** Returns the function that reports checks with some answers. */
  tellOf: (answers?: Answers) => Tell;
}

/**
 * Tries each choice that a form offers at least once: renders the code of as few sets of answers as have them all, and
 * serves and calls it, once for all sets with the same code. Types and Python tests are left to the answers of the tests.
 */
export async function tryChoices(
  python: Python,
  { archetype, compiled, pack, render, seconds, slow, tellOf }: TriedForm,
): Promise<void> {
  const { parameters } = compiled.spec.archetypes.find(
    ({ name }) => name === archetype.name,
  )!;
  const tested = byAnswers(archetype.source!).map(({ answers }) => answers);
  const made = await choiceAnswers(parameters, compiled.spec, {
    base: firstAnswers(archetype.source!),
    tested,
  });
  const { offered, refused, sets, tried } = made;
  if (offered === 0) return;
  const name = `form choices tested: ${tried} of ${offered}`;
  if (refused.length > 0) {
    const { document } = archetype;
    tellOf()(name, [
      `${document.file}:${document.lineOf([
        'parameters',
      ])}: The form rejects its own defaults: ${refused.join(
        '; ',
      )}. Correct the defaults or the answers of the first test.`,
    ]);
    return;
  }
  const known = new Set(tested.map(answers => codeOf(render(answers))));
  const runs: Answers[] = [];
  let rendered = 0;
  let unrendered = 0;
  for (const answers of sets) {
    if (unrendered >= mostFailures) break;
    await nextTurn();
    rendered += 1;
    const files = tryRender(render, answers);
    if (files instanceof Error) {
      unrendered += 1;
      tellOf(answers)('template renders', [
        `${files.message}\nCorrect the template.`,
      ]);
      continue;
    }
    // A set of answers whose code ran already cannot fail otherwise.
    if (known.has(codeOf(files))) continue;
    known.add(codeOf(files));
    runs.push(answers);
  }
  const chosen = spread(runs, mostRuns);
  let failed = 0;
  let ran = 0;
  while (ran < chosen.length && failed < mostFailures) {
    const batch = chosen.slice(ran, ran + together);
    const ended = await Promise.allSettled(
      batch.map(answers =>
        runOne(python, {
          pack,
          archetype,
          rendered: render(answers),
          seconds,
          slow,
        }),
      ),
    );
    const found = ended.map(one =>
      one.status === 'fulfilled' ? one.value : [String(one.reason)],
    );
    batch.forEach((answers, at) =>
      tellOf(answers)('functions succeed', found[at]),
    );
    failed += found.filter(failures => failures.length > 0).length;
    ran += batch.length;
  }
  tellOf()(
    name,
    [],
    [
      `${formatCount(tested.length, 'set')} of answers from the tests and ${
        sets.length
      } generated; the code ran for ${ran} of these`,
      ...(ran < runs.length
        ? [
            `The code of ${formatCount(
              runs.length - ran,
              'set',
            )} was only rendered${
              failed < mostFailures ? '' : ` because ${failed} failed`
            }`,
          ]
        : []),
      ...(rendered < sets.length
        ? [
            `The code of ${formatCount(
              sets.length - rendered,
              'set',
            )} was not rendered because ${unrendered} failed`,
          ]
        : []),
      ...choicesLeft(made),
    ],
  );
}

/** Describes which choices were not tested. */
function choicesLeft({ leftOut, unreached }: ChoiceAnswers): string[] {
  const named = unreached
    .slice(0, mostNamed)
    .map(({ name, value }) => `${name} ${String(value)}`);
  const others = unreached.length - named.length;
  return [
    ...(named.length > 0
      ? [
          `No valid answers found for ${named.join(', ')}${
            others > 0 ? ` and ${others} more` : ''
          }`,
        ]
      : []),
    ...(leftOut > 0
      ? [
          `Skipped ${formatCount(
            leftOut,
            'choice',
          )} because at most ${mostSets} sets of answers are tested`,
        ]
      : []),
  ];
}

/** Serves the code and calls its functions; returns the failures. */
async function runOne(
  python: Python,
  {
    archetype,
    pack,
    rendered,
    ...options
  }: Pick<TriedForm, 'archetype' | 'pack' | keyof ServeOptions> & {
    rendered: RenderedFile[];
  },
): Promise<string[]> {
  const app = writeApp(rendered);
  try {
    const places = new AuthorPlaces(pack, archetype, { app, rendered });
    return await tryFunctions(python, app, { places, ...options });
  } finally {
    rmSync(app, { recursive: true });
  }
}

function tryRender(
  render: TriedForm['render'],
  answers: Answers,
): RenderedFile[] | Error {
  try {
    return render(answers);
  } catch (error) {
    return error as Error;
  }
}

/** Digest of everything but words for people. */
function codeOf(files: readonly RenderedFile[]): string {
  const parts = files.filter(({ path }) => !path.endsWith('.md'));
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** At most so many items, at equal distances from the first to the last. */
function spread<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  const step = (items.length - 1) / (most - 1);
  return Array.from(
    { length: most },
    (_, index) => items[Math.round(index * step)],
  );
}
