import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere } from '../files';
import { cacheDir } from '../paths';
import type { Progress } from '../process/Progress';
import { withLock } from '../state/SupervisorLock';
import { buildSet } from './build';
import { downloadAll } from './download';
import type { ProgramSet } from './ProgramSet';
import { sourcesHash } from './sourcesHash';

/** Location and origin of a set of programs. */
export interface Programs {
  path: (name: string) => string;
  /** One phrase for people, as in "from the cache". */
  origin: string;
}

/**
 * Provides a set of programs: from the cache, otherwise from this machine, otherwise by download, otherwise by a build.
 *
 * @param options - `report` receives the progress; `signal` cancels without partial results
 * @throws ClusterError when none of the ways succeeds
 */
export async function ensurePrograms(
  set: ProgramSet,
  options: Progress,
): Promise<Programs> {
  const bin = join(cacheDir(), 'bin');
  const folder = join(bin, `${set.name}-${set.version}-${sourcesHash(set)}`);
  const cached = {
    path: (name: string) => join(folder, name),
    origin: 'from the cache',
  };
  if (existsSync(folder)) return cached;
  const machine = await set.onMachine?.();
  if (machine)
    return {
      path: name => machine.get(name) ?? name,
      origin: 'from this machine',
    };

  await mkdir(bin, { recursive: true });
  const lock = join(bin, `${set.name}.lock`);
  const progress = `${lock}.progress`;
  const report = (detail: string) => {
    options.report(detail);
    writeFileSync(progress, detail);
  };
  return withLock(
    lock,
    async () => {
      if (existsSync(folder)) return cached;
      try {
        const origin = await produce(set, folder, { ...options, report });
        return { ...cached, origin };
      } finally {
        rmSync(progress, { force: true });
      }
    },
    {
      signal: options.signal,
      // The process that prepares the programs reports its progress there.
      waiting: holder =>
        options.report(
          readIfThere(progress) ?? `process ${holder} prepares them`,
        ),
    },
  );
}

async function produce(
  set: ProgramSet,
  folder: string,
  options: Progress,
): Promise<string> {
  const unfinished = `${folder}.unfinished`;
  const fresh = async () => {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true });
  };
  try {
    await fresh();
    let origin = 'downloaded';
    if (!(await download(set, unfinished, options))) {
      await fresh();
      await buildSet(set, unfinished, options);
      origin = 'built';
    }
    await rename(unfinished, folder);
    return origin;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function download(
  set: ProgramSet,
  folder: string,
  options: Progress,
): Promise<boolean> {
  if (!set.downloads) return false;
  options.report(`downloading ${set.title}`);
  try {
    await downloadAll(set.downloads, folder, options.signal);
    return true;
  } catch (error) {
    options.signal?.throwIfAborted();
    options.report(`${(error as Error).message}; building instead`);
    return false;
  }
}
