import { repositoryRoot } from '@bailiwick/backstage-cli';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { timeCheck, writeJunit, type CheckResult } from '../junit';
import type { SuiteContext, TestSuite } from '../TestSuite';

/**
 * Benchmarks without those of functions, packs and pages, which the end-to-end suite runs on its stack. Lanes run beside each other, because a benchmark with a few objects mostly waits; those of a lane build the
 * same program in Go.
 */
const lanes = [
  ['fleet'],
  ['operator', 'twin-test'],
  ['faults', 'tenants', 'soak', 'delivery', 'install'],
];

/** Part of the time limit after which no benchmark begins: tests of the product come first. */
const wait = 0.8;

/** Arguments of Node for a benchmark: `functions`, `packs` and `pages` need a stack, `install` starts its own, and the others are in `bench/`. */
function commandOf(name: string): string[] {
  return ['functions', 'install', 'packs', 'pages'].includes(name)
    ? [join(repositoryRoot, 'scripts/run.mjs'), 'bench', name]
    : [
        ...['--import', join(repositoryRoot, 'scripts/typescript.mjs')],
        ...[join(repositoryRoot, 'bench/src/main.ts'), name],
      ];
}

/** Why the last line is not a result; `undefined` when it is one: an object or a list with something in it. */
export function resultProblem(output: string): string | undefined {
  const line = output.trimEnd().split('\n').at(-1) ?? '';
  try {
    const result: unknown = JSON.parse(line);
    return typeof result === 'object' && Object.keys(result ?? {}).length > 0
      ? undefined
      : `The last line is not a result: ${line}`;
  } catch {
    return `The last line is not valid JSON: ${line}`;
  }
}

/** Runs a benchmark with a few objects; it has to end with a result. */
export async function smokeTest(
  { isLate, print, reports, run }: SuiteContext,
  name: string,
  ...args: string[]
): Promise<CheckResult> {
  if (isLate(wait)) return { name, isSkipped: true };
  return timeCheck(name, async () => {
    const output = join(reports, `bench-${name}.txt`);
    const command = [process.execPath, ...commandOf(name), ...args];
    const code = await run(
      'sh',
      ['-c', 'out=$1; shift; exec "$@" > "$out"', 'sh', output, ...command],
      { env: { BAILIWICK_BENCH_SMOKE: '1' } },
    );
    const text = readFileSync(output, 'utf8');
    print(text);
    return code === 0 ? resultProblem(text) : `exit code ${code}, see the log`;
  });
}

/** Every benchmark with a few objects: each has to end with a result. */
export const benchmarks: TestSuite = {
  name: 'benchmarks (smoke test)',
  group: 'bench',
  report: 'benchmarks.xml',
  async run(context) {
    const { pattern, reports } = context;
    const chosen = pattern ? [[pattern]] : lanes;
    const cases = await Promise.all(
      chosen.map(async names => {
        const done: CheckResult[] = [];
        for (const name of names) done.push(await smokeTest(context, name));
        return done;
      }),
    );
    return writeJunit(join(reports, this.report), 'benchmarks', cases.flat());
  },
};
