import { runtime, virtualEnvironment } from '@bailiwick/backstage-cli/packs';
import { join } from 'node:path';
import { countJunit, countRun, writeJunit } from '../junit';
import { addCounts, type TestSuite } from '../TestSuite';

/** Exit code of pytest when there is nothing to run. */
const noTests = 5;

/** Tests, types and lint of the function runtime. */
export const python: TestSuite = {
  name: 'function runtime (Python)',
  group: 'unit',
  report: 'python.xml',
  isAffectedBy: changed =>
    changed.some(file => file.startsWith('packages/function-runtime/')),
  async run({ pattern, reports, run }) {
    const venv = await virtualEnvironment();
    const python3 = join(venv, 'bin/python');
    const report = join(reports, this.report);
    // pytest's -k takes words, and a pattern with other characters names files in TypeScript.
    const isWord = pattern === undefined || /^\w+$/.test(pattern);
    const tested = isWord
      ? await run(
          python3,
          [
            ...['-m', 'pytest', '--quiet', `--junitxml=${report}`],
            ...(pattern ? ['-k', pattern] : []),
          ],
          { cwd: runtime },
        )
      : noTests;
    const checks: { name: string; failure?: string }[] = [];
    for (const [name, args] of [
      ['ruff check', ['-m', 'ruff', 'check', '.']],
      ['ruff format', ['-m', 'ruff', 'format', '--check', '.']],
      ['mypy --strict', ['-m', 'mypy', '--strict', 'src']],
    ] as const) {
      if (pattern) continue;
      const code = await run(python3, [...args], { cwd: runtime });
      checks.push({
        name,
        ...(code !== 0 && { failure: `exit code ${code}` }),
      });
    }
    const lintReport = join(reports, 'python-lint.xml');
    writeJunit(lintReport, 'function runtime', checks);
    const linted = countJunit(lintReport);
    const isNone = pattern !== undefined && tested === noTests;
    return isNone ? linted : addCounts(countRun(report, tested), linted);
  },
};
