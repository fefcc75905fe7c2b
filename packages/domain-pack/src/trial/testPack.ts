import type { DomainPack } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { PackVerdict } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileSource } from '../compile';
import { lintSource, validPack } from '../lint';
import { exampleContext, renderArchetype, type RenderedFile } from '../render';
import type { SourceOfArchetype } from '../source/readSource';
import { isGolden, makeVerdict } from '../verdict';
import { AuthorPlaces } from './AuthorPlaces';
import { checkGolden } from './checkGolden';
import { goldenCheck } from '../verdict/writeVerdict';
import { keptFiles, renderedPatches } from './goldenFiles';
import type { PackCheck, Tell } from './PackCheck';
import { Python, type PythonSetup } from './Python';
import { readPrevious, type PackPlace } from './readPrevious';
import { byAnswers } from './trialAnswers';
import { tryApp } from './tryApp';
import { Upgrade } from './Upgrade';
import { writeApp } from './writeApp';

/** How a pack is tried. */
export interface PackTestOptions {
  /** An older version, whose apps become those of this one. */
  previous?: PackPlace;
  /** Hears each result as soon as it is there. */
  onCheck?: (check: PackCheck) => void;
}

/** What came out when a pack was tried. */
export interface PackTest {
  checks: PackCheck[];
  /** Numbers of checks, for exactly the files that were tried. */
  verdict: PackVerdict;
  /** Whether the pack says how its code is rendered. */
  hasGolden: boolean;
}

/**
 * Tries a pack without a cluster: renders each archetype with the answers of each of its tests, checks the
 * types of the code, runs its Python tests, compares the contract, and calls its functions through the
 * real runtime; compares what is rendered with the golden files, when there are any, and with what an
 * older version renders, when one is given.
 *
 * @param findPython - gives the Python to use; called only for a pack without problems, as it may install tools
 * @throws PackError when the pack or its older version has problems already
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
  try {
    for (const archetype of pack.archetypes) {
      const tell = tellerOf(archetype.name, check => {
        checks.push(check);
        onCheck(check);
      });
      if (hasGolden)
        tell(
          goldenCheck,
          checkGolden(
            keptFiles(pack.files, archetype),
            renderedPatches(compiled, archetype),
          ),
        );
      for (const { answers, tests } of byAnswers(archetype.source!)) {
        const rendered = renderWith(compiled, archetype, answers);
        const app = writeApp(rendered);
        try {
          const places = new AuthorPlaces(pack, archetype, { app, rendered });
          const { vocabulary } = compiled.spec;
          await tryApp(python, app, {
            archetype,
            places,
            tests,
            tell,
            vocabulary,
          });
        } finally {
          rmSync(app, { recursive: true });
        }
      }
      await upgrade?.check(archetype.name, python, tell);
    }
  } finally {
    rmSync(cache, { recursive: true });
  }
  const verdict = makeVerdict(pack.files, checks, {
    runtime: setup.version,
    previous: upgrade?.version,
  });
  return { checks, verdict, hasGolden };
}

/** Makes checks of what is found of an archetype; the same failure is told once. */
function tellerOf(archetype: string, hear: (check: PackCheck) => void): Tell {
  const told = new Set<string>();
  return (name, failures, notes = []) => {
    const failure =
      failures.length > 0 && (failures.join('\n') || 'It said nothing.');
    hear({
      archetype,
      name,
      ...(failure && {
        failure: told.has(`${name}\n${failure}`)
          ? 'The same as with the answers before'
          : failure,
      }),
      ...(notes.length > 0 && { note: notes.join('\n') }),
    });
    told.add(`${name}\n${failure}`);
  };
}

/** The files of an app as the scaffolder would write them. */
function renderWith(
  compiled: DomainPack,
  { name }: SourceOfArchetype,
  answers: Record<string, unknown>,
): RenderedFile[] {
  const archetype = compiled.spec.archetypes.find(one => one.name === name)!;
  return renderArchetype(archetype, exampleContext(compiled, answers));
}
