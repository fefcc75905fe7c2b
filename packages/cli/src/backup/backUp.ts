import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import { createWriteStream, existsSync } from 'node:fs';
import { cp, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { dumpDatabase, findDatabaseSecret } from './database';
import { layoutOf, type BackupInfo } from './layout';
import { readObjects } from './readObjects';
import { ResticRepository, type Snapshot } from './ResticRepository';
import { packFolder } from './runPython';
import { packVolume, savedClaims } from './volumes';
import { withPrivateFolder } from './withPrivateFolder';

/** Contents and destination of a backup. */
export interface BackupOptions {
  client: KubeClient;
  repository: ResticRepository;
  /** Files and folders of this machine, by name. Those that do not exist are left out. */
  folders?: Record<string, string>;
  /** Image with `pg_dump` for a PostgreSQL database of the portal, which is left out otherwise. */
  databaseImage?: string;
  /** Days after which earlier snapshots are deleted if this one is complete; never by default. */
  keepDays?: number;
  /** Receives each step as a line. */
  say: (line: string) => void;
}

/** Result of {@link backUp}. */
export interface BackupResult extends Snapshot {
  objects: number;
  /** Volumes and databases that could not be read, with the reason. */
  missing: string[];
}

/**
 * Saves the objects, volumes, database and folders of an installation while it runs. Objects come first, so that
 * repositories contain every commit that an object names.
 *
 * @throws CommandError if the repository cannot be used
 */
export async function backUp(options: BackupOptions): Promise<BackupResult> {
  const { keepDays, repository } = options;
  await repository.prepare();
  return withPrivateFolder(async root => {
    const { missing, objects } = await collect(root, options);
    const snapshot = await repository.save(root);
    // Earlier backups can be the only complete ones.
    if (keepDays !== undefined && missing.length === 0)
      await repository.forget(keepDays);
    return { ...snapshot, objects, missing };
  });
}

/** Writes the files of a backup. */
async function collect(
  root: string,
  { client, databaseImage, folders = {}, say }: BackupOptions,
): Promise<BackupInfo> {
  const layout = layoutOf(root);
  await mkdir(layout.volumes);
  await mkdir(layout.folders);
  const info: BackupInfo = {
    format: 1,
    createdAt: new Date().toISOString(),
    objects: 0,
    missing: [],
  };
  await pipeline(async function* lines() {
    for await (const object of readObjects(client)) {
      info.objects += 1;
      yield `${JSON.stringify(object)}\n`;
    }
  }, createWriteStream(layout.objects));
  say(`${info.objects} objects`);
  for (const claim of await savedClaims(client)) {
    const { name, namespace } = claim.metadata;
    try {
      const file = layout.volume(claim);
      await packVolume(client, claim, file);
      say(`volume ${namespace}/${name}: ${await sizeOf(file)}`);
    } catch (error) {
      const line = `Volume ${namespace}/${name}: ${(error as Error).message}`;
      info.missing.push(line);
      await rm(layout.volume(claim), { force: true });
    }
  }
  try {
    const secret = await findDatabaseSecret(client);
    if (secret && databaseImage) {
      const database = { secret, image: databaseImage };
      await dumpDatabase(client, database, layout.database);
      info.database = database;
      say(`database of the portal: ${await sizeOf(layout.database)}`);
    } else if (secret)
      say('without the database of the portal, because no image is set for it');
  } catch (error) {
    info.missing.push(`Database of the portal: ${(error as Error).message}`);
    await rm(layout.database, { force: true });
  }
  for (const [name, path] of Object.entries(folders)) {
    if (!existsSync(path)) continue;
    if ((await stat(path)).isFile()) await cp(path, join(layout.folders, name));
    else await packFolder(path, layout.folder(name));
    say(name);
  }
  await writeFile(layout.info, JSON.stringify(info));
  return info;
}

async function sizeOf(file: string): Promise<string> {
  const { size } = await stat(file);
  return `${(size / 2 ** 20).toFixed(1)} MiB`;
}
