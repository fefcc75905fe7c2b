import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { PackTestResults } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { compileSource } from '../compile';
import { lintSource, validPack } from '../lint';
import { proposedAnswers } from '../parameters/proposedAnswers';
import { exampleContext, renderArchetype, type RenderedFile } from '../render';
import type { ArchetypeSource } from '../source/readSource';
import { isGolden, createTestResults } from '../testResults';
import { AuthorPlaces } from './AuthorPlaces';
import { checkGolden } from './checkGolden';
import { goldenCheck } from '../testResults/writeTestResults';
import { keptFiles, renderedPatches } from './goldenFiles';
import type { PackCheck, Tell } from './PackCheck';
import { Python, type PythonSetup } from './Python';
import { readPrevious, type PackPlace } from './readPrevious';
import { SampleRecorder } from './SampleRecorder';
import { byAnswers } from './trialAnswers';
import { tryApp } from './tryApp';
import { tryChoices } from './tryChoices';
import { Upgrade } from './Upgrade';
import { writeApp } from './writeApp';

/** Maximum seconds of a call in a test, regardless of the runtime's limit. */
const longestCall = 120;

/** Options of a pack test. @public */
export interface PackTestOptions {
  /** An older version, to check the upgrade of its apps. */
  previous?: PackPlace;
  /** Receives each result as soon as it is available. */
  onCheck?: (check: PackCheck) => void;
}

/** Result of a pack test. @public */
export interface PackTest {
  checks: PackCheck[];
  /** Numbers of checks for the tested files. */
  results: PackTestResults;
  /** Whether the pack has golden files. */
  hasGolden: boolean;
}

/**
 * Tests a pack without a cluster. For the answers of each test of an archetype, it renders the code, checks its
 * types, runs its Python tests, compares the contract, and calls the functions through the real runtime. It compares
 * the rendered code with golden files and with an older version, if there are any.
 *
 * @param findPython - returns the Python to use; called only for a pack without problems, because it may install
 * tools
 * @throws PackError if the pack or its older version has problems
 * @public
 */
export async function testPack(
  folder: string,
  findPython: () => Promise<PythonSetup>,
  { onCheck = () => {}, previous }: PackTestOptions = {},
): Promise<PackTest> {
  const pack = validPack(lintSource(folder));
  const compiled = compileSource(pack);
  const upgrade = previous && new Upgrade(await readPrevious(previous), pack);
  const setup = await findPython();
  const cache = mkdtempSync(join(tmpdir(), 'pack-test-'));
  const python = new Python(setup, cache);
  const hasGolden = [...pack.files.keys()].some(isGolden);
  const checks: PackCheck[] = [];
  const recorder = new SampleRecorder();
  try {
    for (const archetype of pack.archetypes) {
      const tellOf = tellerOf(archetype, check => {
        checks.push(check);
        onCheck(check);
      });
      const tell = tellOf();
      const render = (answers: Record<string, unknown>) =>
        renderWith(compiled, archetype, answers);
      if (hasGolden)
        tell(
          goldenCheck,
          checkGolden(
            keptFiles(pack.files, archetype),
            renderedPatches(compiled, archetype),
          ),
        );
      const { limits } = compiled.spec.runtimes.find(
        ({ name }) => name === archetype.source!.runtime,
      )!;
      const seconds = Math.min(limits.seconds, longestCall);
      const slow = new Set<string>();
      for (const { answers, tests } of byAnswers(archetype.source!)) {
        const rendered = render(answers);
        const app = writeApp(rendered);
        try {
          const places = new AuthorPlaces(pack, archetype, { app, rendered });
          const { vocabulary } = compiled.spec;
          await tryApp(python, app, {
            archetype,
            places,
            recorder,
            seconds,
            slow,
            tests,
            tell: tellOf(answers),
            vocabulary,
          });
        } finally {
          rmSync(app, { recursive: true });
        }
      }
      await tryChoices(python, {
        archetype,
        compiled,
        pack,
        render,
        seconds,
        slow,
        tellOf,
      });
      await upgrade?.check(archetype.name, python, tell);
    }
  } finally {
    await python.stop();
    rmSync(cache, { recursive: true });
  }
  const results = createTestResults(
    pack.files,
    checks,
    { runtime: setup.version, previous: upgrade?.version },
    recorder.samples,
  );
  return { checks, results, hasGolden };
}

/** Creates checks from the results of an archetype with certain answers; reports each failure once. */
function tellerOf(
  { name: archetype, source }: ArchetypeSource,
  hear: (check: PackCheck) => void,
): (answers?: Record<string, unknown>) => Tell {
  const told = new Set<string>();
  const toldWith = new Map<string, string>();
  const proposed = proposedAnswers(source!.parameters);
  return (answers = {}) =>
    (name, failures, notes = []) => {
      const words = answerWords(answers, proposed);
      const failure =
        failures.length > 0 && (failures.join('\n') || 'No output.');
      const isKnown =
        told.has(`${name}\n${failure}`) ||
        (toldWith.get(String(failure)) ?? words) !== words;
      hear({
        archetype,
        name,
        ...(words && { answers: words }),
        ...(failure && {
          failure: isKnown ? 'Same failure as with earlier answers' : failure,
        }),
        ...(notes.length > 0 && { note: notes.join('\n') }),
      });
      told.add(`${name}\n${failure}`);
      if (failure && !isKnown) toldWith.set(failure, words);
    };
}

/** Returns the answers that differ from the defaults of the form, as text. */
function answerWords(
  answers: Record<string, unknown>,
  proposed: Record<string, unknown>,
): string {
  return Object.entries(answers)
    .filter(([name, answer]) => !isDeepStrictEqual(answer, proposed[name]))
    .map(([name, answer]) => `${name} ${[answer].flat().map(wordOf).join('+')}`)
    .join(', ');
}

function wordOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Returns the files of an app as the scaffolder would write them. */
function renderWith(
  compiled: DomainPack,
  { name }: ArchetypeSource,
  answers: Record<string, unknown>,
): RenderedFile[] {
  const archetype = compiled.spec.archetypes.find(one => one.name === name)!;
  return renderArchetype(archetype, exampleContext(compiled, answers));
}
