import { runtime, virtualEnvironment } from '@bailiwick/backstage-cli/packs';
import { ensureS3Server } from '@bailiwick/backstage-local-cluster';
import { join } from 'node:path';
import {
  countRun,
  exitFailure,
  splitByFile,
  timeCheck,
  writeJunit,
  type CheckResult,
} from '../junit';
import { rerunFailed } from '../rerunFailed';
import { addCounts, noCounts, type TestSuite } from '../TestSuite';

/** Exit code of pytest when there is nothing to run. */
const noTests = 5;

/** Tests, types and lint of the function runtime. */
export const python: TestSuite = {
  name: 'function runtime (Python)',
  group: 'unit',
  report: 'python.xml',
  async run(context) {
    const { pattern, reports, run } = context;
    // pytest's -k accepts words, and a pattern with other characters names files in TypeScript.
    if (pattern !== undefined && !/^\w+$/.test(pattern)) return noCounts;
    const chosen = pattern === undefined ? [] : ['-k', pattern];
    const venv = await virtualEnvironment();
    const python3 = join(venv, 'bin/python');
    if (pattern !== undefined) {
      const collected = await run(
        python3,
        ['-m', 'pytest', '--collect-only', '-qq', ...chosen],
        { cwd: runtime },
      );
      if (collected === noTests) return noCounts;
    }
    const server = await ensureS3Server({
      report: text => context.print(`${text}\n`),
    });
    const pytest = async (report: string, args: string[]) => {
      const file = join(reports, report);
      const code = await run(
        python3,
        ['-m', 'pytest', '--quiet', `--junitxml=${file}`, ...args],
        { cwd: runtime, env: { BAILIWICK_S3_SERVER: server } },
      );
      splitByFile(file);
      return code;
    };
    const tested = await pytest(this.report, chosen);
    const checks: CheckResult[] = [];
    for (const [name, args] of [
      ['ruff check', ['-m', 'ruff', 'check', '.']],
      ['ruff format', ['-m', 'ruff', 'format', '--check', '.']],
      ['mypy --strict', ['-m', 'mypy', '--strict', 'src']],
    ] as const) {
      if (pattern) continue;
      checks.push(
        await timeCheck(name, async () =>
          exitFailure(await run(python3, [...args], { cwd: runtime })),
        ),
      );
    }
    const lintReport = join(reports, 'python-lint.xml');
    const linted = writeJunit(lintReport, 'function runtime', checks);
    const outcome = await rerunFailed(
      this.report,
      countRun(join(reports, this.report), tested),
      context,
      (file, report) => pytest(report, [file]),
    );
    return { ...outcome, ...addCounts(outcome, linted) };
  },
};
