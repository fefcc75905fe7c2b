import {
  coreKinds,
  ignoreNotFound,
  type ConfigMap,
  type KubeClient,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  domainPackKind,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandError } from '../CommandError';
import { applyPack } from '../pack/applyPack';
import {
  loadDatabase,
  OccupiedDatabaseError,
  type PortalDatabase,
} from './database';
import { PodStartError } from './helperPod';
import { layoutOf, type BackupInfo } from './layout';
import { occupants, restoreObjects } from './restoreObjects';
import { unpackFolder } from './runPython';
import { portalNamespace } from './savedKinds';
import { unpackVolume } from './volumes';

/** Exists during a restore, with the time of the backup. */
const marker = { name: 'bailiwick-restore', namespace: 'kube-system' };

/** A backup whose files are in a folder. */
export interface OpenBackup {
  root: string;
  info: BackupInfo;
  objects: KubeObject[];
}

/** Reads a backup from a folder. @throws CommandError for another format */
export async function openBackup(root: string): Promise<OpenBackup> {
  const { info: infoFile, objects: objectsFile } = layoutOf(root);
  const info: BackupInfo = JSON.parse(await readFile(infoFile, 'utf8'));
  if (info.format !== 1)
    throw new CommandError(
      `The backup has the format ${info.format}, which this version does not know.`,
      'Restore it with the version of Bailiwick that wrote it, or a later one.',
    );
  const lines = (await readFile(objectsFile, 'utf8')).split('\n');
  const all: KubeObject[] = lines.filter(Boolean).map(each => JSON.parse(each));
  const namespaces = new Set(
    all.filter(isNamespace).map(({ metadata }) => metadata.name),
  );
  // Namespaces that were created or deleted during the backup are not in it.
  const objects = all.filter(
    ({ metadata: { namespace } }) => !namespace || namespaces.has(namespace),
  );
  return { root, info, objects };
}

/**
 * Restores the objects, volumes and database of a backup in a cluster without Bailiwick. Its policies would reject
 * objects with another author, so install the programs and policies afterwards. An interrupted restore of the same backup continues.
 *
 * @returns the present UID of each former one
 * @throws CommandError if the cluster has objects of Bailiwick; nothing is changed then
 */
export async function restoreCluster(
  { info, objects, root }: OpenBackup,
  {
    client,
    databaseImage,
    image,
    say,
    withoutDatabase = false,
  }: {
    client: KubeClient;
    /** Image with `psql`; by default the one of the backup. */
    databaseImage?: string;
    /** Whether the portal's database stays as it is. */
    withoutDatabase?: boolean;
    /** Image with Python that fills volumes; by default the function runtime of the backup. */
    image?: string;
    say: (line: string) => void;
  },
): Promise<Map<string, string>> {
  await checkEmpty(client, info);
  const uids = await restoreObjects(client, objects);
  say(`${objects.length} objects`);
  const layout = layoutOf(root);
  for (const claim of objects) {
    if (claim.kind !== 'PersistentVolumeClaim') continue;
    if (!existsSync(layout.volume(claim))) continue;
    const { name, namespace } = claim.metadata;
    try {
      const file = layout.volume(claim);
      await unpackVolume(client, claim, { file, image, uids });
    } catch (error) {
      throw new CommandError(
        `The volume ${namespace}/${name} cannot be filled: ${
          (error as Error).message
        }`,
        'Correct the cause, and run the command again: it continues.',
      );
    }
    say(`volume ${namespace}/${name}`);
  }
  if (info.database && !withoutDatabase) {
    const { image: former } = info.database;
    const database = { ...info.database, image: databaseImage ?? former };
    const content = { backup: info.createdAt, file: layout.database, uids };
    const isFilled = await restoreDatabase(client, database, content);
    say(`database of the portal${isFilled ? '' : ', filled before'}`);
  }
  for (const object of objects)
    if (object.kind === domainPackKind.kind)
      await applyPack(client, packOf(object));
  await client
    .resource(coreKinds.configMaps)
    .delete(marker.name, { namespace: marker.namespace })
    .catch(ignoreNotFound);
  return uids;
}

/**
 * Fills the portal's database, unless an interrupted restore has done so.
 *
 * @returns whether it was filled
 * @throws CommandError if the database cannot be filled; it is not changed then
 */
async function restoreDatabase(
  client: KubeClient,
  database: PortalDatabase,
  content: Parameters<typeof loadDatabase>[2],
): Promise<boolean> {
  try {
    return await loadDatabase(client, database, content);
  } catch (error) {
    const { message } = error as Error;
    throw new CommandError(
      `The database of the portal cannot be filled: ${message}`,
      `${remedyOf(
        error,
        database,
      )} Then run the command again: it continues. To leave the database as it is, add --without-database.`,
    );
  }
}

function remedyOf(error: unknown, { image, secret }: PortalDatabase): string {
  const { key, name } = secret;
  const setAddress = `set its address as the key ${key} of the Secret ${name} in ${portalNamespace}.`;
  if (error instanceof OccupiedDatabaseError)
    return `Create an empty database, and ${setAddress}`;
  if (error instanceof PodStartError)
    return `Set --database-image to an image that nodes can pull; now it is ${image}.`;
  return `Correct the cause. If the database has another address now, ${setAddress}`;
}

/** Restores files and folders of this machine, by name. Those that the backup does not have are left out. */
export async function restoreFolders(
  { root }: OpenBackup,
  folders: Record<string, string>,
): Promise<void> {
  const layout = layoutOf(root);
  for (const [name, path] of Object.entries(folders)) {
    const file = join(layout.folders, name);
    if (existsSync(file)) {
      await mkdir(dirname(path), { recursive: true });
      await cp(file, path);
    } else if (existsSync(layout.folder(name)))
      await unpackFolder(layout.folder(name), path);
  }
}

/** @throws CommandError if the cluster has objects that are not from an interrupted restore of this backup */
async function checkEmpty(
  client: KubeClient,
  { createdAt }: BackupInfo,
): Promise<void> {
  const configMaps = client.resource<ConfigMap>(coreKinds.configMaps);
  const found = await occupants(client);
  if (found.length === 0) {
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: marker };
    await configMaps.apply(
      { ...manifest, data: { createdAt } },
      { fieldManager: 'bailiwick-restore', force: true },
    );
    return;
  }
  const interrupted = await configMaps
    .get(marker.name, { namespace: marker.namespace })
    .catch(ignoreNotFound);
  if (interrupted?.data?.createdAt === createdAt) return;
  const [first, ...others] = found;
  throw new CommandError(
    `The cluster already has ${first}${
      others.length > 0 ? ` and ${others.length} other objects` : ''
    } of Bailiwick. Nothing was changed.`,
    'Restore into a cluster without Bailiwick, and install it afterwards.',
  );
}

function packOf(object: KubeObject): DomainPack {
  const { apiVersion, kind, metadata } = object as DomainPack;
  const { annotations, labels, name } = metadata;
  const { spec } = object as DomainPack;
  return { apiVersion, kind, metadata: { name, labels, annotations }, spec };
}

function isNamespace({ kind }: KubeObject): boolean {
  return kind === 'Namespace';
}
