import type { Contract } from '@bailiwick/backstage-plugin-bailiwick-common';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compileSource } from '../compile';
import { lintSource } from '../lint';
import { proposedAnswers } from '../parameters';
import { PackError } from '../Problem';
import { renderArchetype } from '../render';
import type { SourceOfArchetype, SourceOfPack } from '../source/readSource';
import { checkAnswer } from './checkAnswer';
import { compareContract } from './compareContract';
import { Python, type PythonSetup } from './Python';

type Test = NonNullable<SourceOfArchetype['source']>['tests'][number];

/** Answers of a form, and the tests that have them. */
interface TriedAnswers {
  answers: Record<string, unknown>;
  tests: Test[];
}

/** One thing that was tried of an archetype. */
export interface PackCheck {
  archetype: string;
  /** What was tried, such as `prices with symbols AAPL`. */
  name: string;
  /** Why it failed; absent when it holds. */
  failure?: string;
}

/**
 * Tries a pack without a cluster: renders each archetype with the answers of each of its tests, checks the
 * types of the code, runs its Python tests, compares the contract, and calls its functions through the
 * real runtime.
 *
 * @param onCheck - hears each result as soon as it is there
 * @throws PackError when the pack has problems already
 */
export async function testPack(
  folder: string,
  setup: PythonSetup,
  onCheck: (check: PackCheck) => void = () => {},
): Promise<PackCheck[]> {
  const { pack, problems } = lintSource(folder);
  if (!pack || problems.length > 0) throw new PackError(problems);
  const python = new Python(setup);
  const checks: PackCheck[] = [];
  for (const archetype of pack.archetypes) {
    const tell = (name: string, failures: string[]) => {
      const check: PackCheck = {
        archetype: archetype.name,
        name,
        ...(failures.length > 0 && { failure: failures.join('\n') }),
      };
      checks.push(check);
      onCheck(check);
    };
    for (const { answers, tests } of byAnswers(archetype)) {
      const app = writeApp(pack, archetype, answers);
      try {
        await tryApp(python, app, { archetype, tests, tell });
      } finally {
        rmSync(app, { recursive: true });
      }
    }
  }
  return checks;
}

/** The tests of an archetype, those with the same answers together. */
function byAnswers({ source }: SourceOfArchetype) {
  const { parameters, tests } = source!;
  const proposed = proposedAnswers(parameters);
  const groups = new Map<string, TriedAnswers>();
  for (const test of tests) {
    const answers = { ...proposed, ...test.answers };
    const key = JSON.stringify(answers);
    const before = groups.get(key)?.tests ?? [];
    groups.set(key, { answers, tests: [...before, test] });
  }
  return [...groups.values()];
}

/** Writes an app as the scaffolder would, into a new folder, whose path it gives. */
function writeApp(
  pack: SourceOfPack,
  { name }: SourceOfArchetype,
  answers: Record<string, unknown>,
): string {
  const { metadata, spec } = compileSource(pack);
  const archetype = spec.archetypes.find(one => one.name === name)!;
  const files = renderArchetype(archetype, {
    values: {
      name: 'example',
      title: 'Example',
      description: '',
      tenant: 'example',
      owner: spec.owners[0],
      ...answers,
    },
    vocabulary: spec.vocabulary,
    pack: { name: metadata.name, version: spec.version },
  });
  const folder = mkdtempSync(join(tmpdir(), `${metadata.name}-${name}-`));
  for (const { content, path } of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}

async function tryApp(
  python: Python,
  app: string,
  {
    archetype,
    tell,
    tests,
  }: {
    archetype: SourceOfArchetype;
    tests: Test[];
    tell: (name: string, failures: string[]) => void;
  },
): Promise<void> {
  const words = ({ ok, words: said }: { ok: boolean; words: string }) =>
    ok ? [] : [said];
  const checked = await python.run(app, 'bailiwick', 'check', '.');
  if (!checked.ok) {
    tell('its functions can be served', [checked.words]);
    return;
  }
  const contract = JSON.parse(checked.stdout) as Contract;
  tell(
    'it has the contract that is promised',
    compareContract(archetype.source!.contract.functions, contract),
  );
  tell('its types are right', words(await python.run(app, 'mypy', '.')));
  tell(
    'its Python tests pass',
    words(await python.run(app, 'pytest', '-q', '-p', 'no:cacheprovider')),
  );
  const serving = await python.serve(app);
  try {
    for (const test of tests) {
      const { call, expect } = test;
      const answer = await serving.call(call.function, call.parameters);
      tell(nameOf(test), checkAnswer(expect, answer));
    }
  } finally {
    await serving.stop();
  }
}

function nameOf({ call, name }: Test): string {
  const parameters = Object.entries(call.parameters)
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(', ');
  return name ?? `${call.function}(${parameters}) gives what is expected`;
}
