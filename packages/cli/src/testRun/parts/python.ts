import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from '../../CommandError';
import { repositoryRoot } from '../../stack/layout';
import { countJunit, countRun, writeJunit } from '../junit';
import type { Counts, Part } from '../Part';
import { runProgram } from '../runProgram';

/** Exit code of pytest when there is nothing to run. */
const noTests = 5;
const runtime = join(repositoryRoot, 'packages/function-runtime');

/** A virtual environment with what the runtime's tests need, made once for each set of versions. */
async function virtualEnvironment(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['requirements.txt', 'requirements-dev.txt']) {
    hash.update(readFileSync(join(runtime, file)));
  }
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const folder = join(
    cache,
    'bailiwick',
    `python-${hash.digest('hex').slice(0, 12)}`,
  );
  const complete = join(folder, '.complete');
  if (existsSync(complete)) return folder;
  const install = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '-r',
    join(runtime, 'requirements-dev.txt'),
  ];
  if (
    (await runProgram('python3', ['-m', 'venv', '--clear', folder])) !== 0 ||
    (await runProgram(join(folder, 'bin/python'), install)) !== 0
  ) {
    throw new CommandError(
      'The Python tools for the tests could not be installed.',
      'Check that python3 with venv is there and that PyPI is reachable.',
    );
  }
  writeFileSync(complete, '');
  return folder;
}

function add(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

/** Tests, types and lint of the function runtime. */
export const python: Part = {
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
