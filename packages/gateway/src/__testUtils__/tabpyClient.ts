import { virtualEnvironment } from '@bailiwick/backstage-cli/packs';
import { execFile } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const packages = ['tabpy==2.16.0', 'cloudpickle==3.1.2'];
const program = join(
  import.meta.dirname,
  '../__fixtures__/clients/tabpy_client.py',
);

/** Runs the program of TabPy's client, without the machine learning that TabPy's server needs; returns its output. */
export async function runTabpyClient(
  url: string,
  token: string,
): Promise<unknown> {
  const python = join(await virtualEnvironment(), 'bin/python');
  const { stdout } = await run(python, [program, url, token], {
    env: { ...process.env, PYTHONPATH: await install(python) },
  });
  return JSON.parse(stdout);
}

/** Installs the client once for each version; returns its folder. */
async function install(python: string): Promise<string> {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const folder = join(cache, 'bailiwick', packages[0].replace('==', '-'));
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  await run(python, [
    ...['-m', 'pip', 'install', '--quiet', '--no-deps'],
    ...['--target', unfinished, ...packages],
  ]);
  renameSync(unfinished, folder);
  return folder;
}
