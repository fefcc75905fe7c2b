import {
  contractSchema,
  type Contract,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { PackVerdict } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileSource } from '../compile';
import { lintSource, validPack } from '../lint';
import { exampleContext, renderArchetype } from '../render';
import type { SourceOfArchetype } from '../source/readSource';
import { isGolden, makeVerdict } from '../verdict';
import { checkAnswer } from './checkAnswer';
import { checkGolden } from './checkGolden';
import { compareContract } from './compareContract';
import { goldenCheck } from '../verdict/writeVerdict';
import { keptFiles, renderedPatches } from './goldenFiles';
import type { PackCheck, Tell } from './PackCheck';
import { Python, type PythonSetup, type Serving } from './Python';
import { readPrevious, type PackPlace } from './readPrevious';
import { sampleParameters } from './sampleParameters';
import { byAnswers } from './trialAnswers';
import { Upgrade } from './Upgrade';
import { writeApp } from './writeApp';

type Test = NonNullable<SourceOfArchetype['source']>['tests'][number];

/** Calls of each function with samples of its parameters. */
const samplesOfEach = 10;
/** What is wrong in the code, not in what it was given. */
const ownFailures = [
  'function-failed',
  'contract-broken',
  'too-slow',
  'no-answer',
];

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
        const app = renderInto(compiled, archetype, answers);
        try {
          const { vocabulary } = compiled.spec;
          await tryApp(python, app, { archetype, tests, tell, vocabulary });
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

/** Writes an app as the scaffolder would, into a new folder, whose path it gives. */
function renderInto(
  compiled: DomainPack,
  { name }: SourceOfArchetype,
  answers: Record<string, unknown>,
): string {
  const archetype = compiled.spec.archetypes.find(one => one.name === name)!;
  return writeApp(
    renderArchetype(archetype, exampleContext(compiled, answers)),
  );
}

async function tryApp(
  python: Python,
  app: string,
  {
    archetype,
    tell,
    tests,
    vocabulary,
  }: {
    archetype: SourceOfArchetype;
    tests: Test[];
    tell: Tell;
    vocabulary: DomainPack['spec']['vocabulary'];
  },
): Promise<void> {
  const words = ({ ok, words: said }: { ok: boolean; words: string }) =>
    ok ? [] : [said];
  const checked = await python.run(app, 'bailiwick', 'check', '.');
  if (!checked.ok) {
    tell('its functions can be served', [checked.words]);
    return;
  }
  const read = contractSchema.safeParse(JSON.parse(checked.stdout));
  if (!read.success) {
    tell('its contract can be read', [
      read.error.issues
        .map(({ message, path }) => `${path.join('.')}: ${message}`)
        .join('\n'),
    ]);
    return;
  }
  const contract: Contract = read.data;
  tell(
    'it has the contract that is promised',
    compareContract(archetype.source!.contract, contract, vocabulary),
  );
  tell('its types are right', words(await python.run(app, 'mypy', '.')));
  tell(
    'its Python tests pass',
    words(await python.run(app, 'pytest', '-q', '-p', 'no:cacheprovider')),
  );
  const serving = await python.serve(app).catch((error: Error) => error);
  if (serving instanceof Error) {
    tell('it starts', [serving.message]);
    return;
  }
  try {
    for (const test of tests) {
      const { call, expect } = test;
      const answer = await serving.call(call.function, call.parameters);
      tell(nameOf(test), checkAnswer(expect, answer));
    }
    await trySamples(serving, contract, tell);
    await tend(serving, contract, tell);
  } finally {
    await serving.stop();
  }
}

/** Calls functions with samples of what their contract allows: they may refuse, and not fail. */
async function trySamples(
  serving: Serving,
  { functions }: Contract,
  tell: Tell,
): Promise<void> {
  for (const { name, parameters, result } of functions) {
    if (result.kind === 'stream') continue;
    const samples = sampleParameters(parameters, samplesOfEach);
    const failure = await firstFailure(serving, name, samples);
    if (samples.length > 0)
      tell(
        `${name} takes what its parameters allow`,
        failure ? [failure.words] : [],
      );
    // Nobody answers any more.
    if (failure?.isLast) return;
  }
}

async function firstFailure(
  serving: Serving,
  name: string,
  samples: Record<string, unknown>[],
): Promise<{ words: string; isLast: boolean } | undefined> {
  for (const sample of samples) {
    const { error } = await serving.call(name, sample);
    if (error && ownFailures.includes(error.type))
      return {
        words: `${name}(${JSON.stringify(sample)}): ${error.type}, ${
          error.message
        }`,
        isLast: error.type === 'no-answer',
      };
  }
  return undefined;
}

/** Makes the checks of an app, and carries out the verbs that ask for nothing. */
async function tend(
  serving: Serving,
  { checks = [], verbs = [] }: Contract,
  tell: Tell,
): Promise<void> {
  if (checks.length > 0) tell('its own checks hold', await serving.checks());
  for (const { name, parameters } of verbs) {
    const asks = ((parameters.required as string[]) ?? []).length > 0;
    const fault = asks ? undefined : await serving.act(name);
    if (!asks) tell(`${name} can be done`, fault ? [fault] : []);
  }
}

function nameOf({ call, name }: Test): string {
  const parameters = Object.entries(call.parameters)
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(', ');
  return name ?? `${call.function}(${parameters}) gives what is expected`;
}
