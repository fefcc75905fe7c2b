import { join } from 'node:path';
import { runtime, virtualEnvironment } from '@bailiwick/backstage-cli/packs';
import { countJunit, countRun, writeJunit } from '../junit';
import type { Counts, TestSuite } from '../TestSuite';
import { runProgram } from '@bailiwick/backstage-cli';

/** Exit code of pytest when there is nothing to run. */
const noTests = 5;

function add(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

/** Tests, types and lint of the function runtime. */
export const python: TestSuite = {
  name: 'function runtime (Python)',
  group: 'unit',
  async run({ pattern, reports }) {
    const venv = await virtualEnvironment();
    const python3 = join(venv, 'bin/python');
    const report = join(reports, 'python.xml');
    const tested = await runProgram(
      python3,
      [
        '-m',
        'pytest',
        '--quiet',
        `--junitxml=${report}`,
        ...(pattern ? ['-k', pattern] : []),
      ],
      { cwd: runtime },
    );
    const cases: { name: string; failure?: string }[] = [];
    for (const [name, args] of [
      ['ruff check', ['-m', 'ruff', 'check', '.']],
      ['ruff format', ['-m', 'ruff', 'format', '--check', '.']],
      ['mypy --strict', ['-m', 'mypy', '--strict', 'src']],
    ] as const) {
      const code = await runProgram(python3, [...args], { cwd: runtime });
      cases.push({ name, ...(code !== 0 && { failure: `exit code ${code}` }) });
    }
    const lintReport = join(reports, 'python-lint.xml');
    writeJunit(lintReport, 'function runtime', cases);
    // A pattern may mean none of these tests.
    const code = pattern && tested === noTests ? 0 : tested;
    return add(countRun(report, code), countJunit(lintReport));
  },
};
