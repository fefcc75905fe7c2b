import type { PythonSetup } from '@bailiwick/backstage-domain-pack/authoring';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CommandError } from '../CommandError';
import { runProgram } from '../process/runProgram';
import { repositoryRoot } from '../installation/layout';

/** Folder of the function runtime. */
export const runtime = join(repositoryRoot, 'packages/function-runtime');

/**
 * Returns the path of a virtual environment with the dependencies of functions and their tests; created once per set of
 * versions.
 *
 * @throws CommandError when it cannot be created
 */
export async function virtualEnvironment(): Promise<string> {
  const folder = environmentFolder();
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
      "Can't install the Python tools for the tests.",
      'Check that python3 with venv is installed and PyPI is reachable.',
    );
  }
  writeFileSync(complete, '');
  return folder;
}

/** The Python of the tests, once it is installed, or else that of the machine, which may be absent. */
export function knownPython(): string {
  const folder = environmentFolder();
  return existsSync(join(folder, '.complete'))
    ? join(folder, 'bin/python')
    : 'python3';
}

/** Folder of the virtual environment, by the versions that it holds. */
function environmentFolder(): string {
  const hash = createHash('sha256');
  for (const file of ['requirements.txt', 'requirements-dev.txt']) {
    hash.update(readFileSync(join(runtime, file)));
  }
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'bailiwick', `python-${hash.digest('hex').slice(0, 12)}`);
}

/** Returns the Python that tests packs: the virtual environment with the function runtime of this repository. */
export async function pythonSetup(): Promise<PythonSetup> {
  const project = readFileSync(join(runtime, 'pyproject.toml'), 'utf8');
  const folder = await virtualEnvironment();
  const executable = join(folder, 'bin/python');
  return {
    executable,
    runtime: join(runtime, 'src'),
    version: /^version = "(.+)"$/m.exec(project)![1],
    mypyCache: await libraryTypes(executable, join(folder, 'mypy')),
  };
}

/**
 * Returns a folder in which mypy has cached the types of the libraries, created once: mypy needs 3 s for these, and
 * 0.2 s for a small app when it finds them.
 *
 * @throws CommandError when mypy fails, because it would fail for each app
 */
async function libraryTypes(
  executable: string,
  folder: string,
): Promise<string> {
  if (existsSync(folder)) return folder;
  const fresh = mkdtempSync(`${folder}-`);
  try {
    await promisify(execFile)(
      executable,
      [
        ...['-m', 'mypy', '--cache-dir', fresh],
        ...['-c', 'import bailiwick, numpy, pandas, pytest'],
      ],
      { env: { ...process.env, MYPYPATH: join(runtime, 'src') } },
    );
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true });
    // Another process may have been faster.
    if (existsSync(folder)) return folder;
    const { stdout = String(error) } = error as { stdout?: string };
    throw new CommandError(
      `mypy can't read the types of the libraries:\n${stdout}`,
      `Delete ${environmentFolder()}, so that the next run installs them again.`,
    );
  }
  return folder;
}
