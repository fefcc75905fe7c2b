import { repositoryRoot } from '@bailiwick/backstage-cli';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { timeCheck, writeJunit, type CheckResult } from '../junit';
import type { TestSuite } from '../TestSuite';

/**
 * Benchmarks without that of packs, which takes minutes. Lanes run beside each other, because
 * a benchmark with a few objects mostly waits; those of a lane build the same program in Go or open a browser.
 */
const lanes = [
  ['fleet', 'pages'],
  ['operator', 'twin-test'],
  ['faults', 'tenants', 'soak'],
];

/** Arguments of Node for a benchmark: `pages` starts a stack, the others are in `bench/`. */
function commandOf(name: string): string[] {
  return name === 'pages'
    ? [join(repositoryRoot, 'scripts/run.mjs'), 'bench', name]
    : [
        ...['--import', join(repositoryRoot, 'scripts/typescript.mjs')],
        ...[join(repositoryRoot, 'bench/src/main.ts'), name],
      ];
}

/** Why the last line is no result; `undefined` when it is one. */
function resultProblem(output: string): string | undefined {
  const line = output.trimEnd().split('\n').at(-1) ?? '';
  try {
    const result: unknown = JSON.parse(line);
    return typeof result === 'object' && result !== null
      ? undefined
      : `The last line is no JSON object: ${line}`;
  } catch {
    return `The last line is no JSON: ${line}`;
  }
}

/** Every benchmark with a few objects: each has to end with a result. */
export const benchmarks: TestSuite = {
  name: 'benchmarks (smoke test)',
  group: 'bench',
  report: 'benchmarks.xml',
  isAffectedBy: changed =>
    changed.some(file =>
      /^(bench|packages\/dev-stack\/src\/bench)\//.test(file),
    ),
  async run({ pattern, print, reports, run }) {
    const smoke = (name: string) =>
      timeCheck(name, async () => {
        const output = join(reports, `bench-${name}.txt`);
        const code = await run(
          'sh',
          [
            '-c',
            'out=$1; shift; exec "$@" > "$out"',
            'sh',
            output,
            process.execPath,
            ...commandOf(name),
          ],
          { env: { BAILIWICK_BENCH_SMOKE: '1' } },
        );
        const text = readFileSync(output, 'utf8');
        print(text);
        return code === 0
          ? resultProblem(text)
          : `exit code ${code}, see the log`;
      });
    const cases = await Promise.all(
      lanes.map(async names => {
        const done: CheckResult[] = [];
        for (const name of names)
          if (!pattern || name === pattern) done.push(await smoke(name));
        return done;
      }),
    );
    return writeJunit(join(reports, this.report), 'benchmarks', cases.flat());
  },
};
