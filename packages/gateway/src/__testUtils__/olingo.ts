import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const fixtures = join(import.meta.dirname, '../__fixtures__/clients');

/**
 * Returns the folder of Apache Olingo's client, which Maven downloads once; `undefined` on a machine without Java, Maven
 * or a Maven repository.
 */
export function olingoFolder(): string | undefined {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const folder = join(cache, 'bailiwick', 'olingo-5.0.0');
  const unfinished = `${folder}.${process.pid}`;
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
    if (existsSync(folder)) return folder;
    mkdirSync(unfinished, { recursive: true });
    const copy = [
      'dependency:copy-dependencies',
      `-DoutputDirectory=${unfinished}`,
    ];
    const pom = join(fixtures, 'pom.xml');
    execFileSync('mvn', ['--quiet', '--batch-mode', '--file', pom, ...copy], {
      timeout: 90_000,
      stdio: 'ignore',
    });
    renameSync(unfinished, folder);
    return folder;
  } catch {
    rmSync(unfinished, { recursive: true, force: true });
    return undefined;
  }
}

/** Runs the client's program; returns its output. */
export async function runOlingo(
  folder: string,
  root: string,
  token: string,
): Promise<string> {
  const program = join(fixtures, 'OlingoClient.java');
  const args = ['-cp', `${folder}/*`, program, root, token];
  return (await promisify(execFile)('java', args)).stdout;
}
