import type { PythonSetup } from '@bailiwick/backstage-domain-pack/authoring';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from '../CommandError';
import { runProgram } from '../process/runProgram';
import { repositoryRoot } from '../installation/layout';

/** Folder of the function runtime. */
export const runtime = join(repositoryRoot, 'packages/function-runtime');

/**
 * A virtual environment with what functions and their tests need, made once for each set of versions; its
 * path.
 *
 * @throws CommandError when it cannot be made
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

/** What tries packs: the virtual environment with the function runtime of this repository. */
export async function pythonSetup(): Promise<PythonSetup> {
  const project = readFileSync(join(runtime, 'pyproject.toml'), 'utf8');
  return {
    executable: join(await virtualEnvironment(), 'bin/python'),
    runtime: join(runtime, 'src'),
    version: /^version = "(.+)"$/m.exec(project)![1],
  };
}
