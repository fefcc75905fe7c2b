import {
  coreKinds,
  ignoreNotFound,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { helperUser, longestSeconds, withHelperPod } from './helperPod';
import {
  readFromPod,
  runInPod,
  saveFromPod,
  type PodProgram,
} from './runInPod';
import { portalNamespace } from './savedKinds';

/** A PostgreSQL database of the portal. */
export interface PortalDatabase {
  /** Key of a Secret in the namespace of the portal, with the address of the database. */
  secret: { name: string; key: string };
  /** Image with `pg_dump` and `psql` of the server's major version. */
  image: string;
}

/** Variable of the portal, and of pods that reach its database. */
const variable = 'BAILIWICK_DATABASE_URL';

const uid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Prints the result of the SQL that follows, without decoration. */
const query = 'psql --tuples-only --no-align --command';

/** Number of tables of others than PostgreSQL itself. */
const tables =
  "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')";

/** Table with the backup that filled the database. */
const restoreTable = 'public.bailiwick_restore';

/** A database with tables must not be filled. */
export class OccupiedDatabaseError extends Error {
  name = 'OccupiedDatabaseError';

  constructor() {
    super('it has tables already');
  }
}

/** Returns the Secret with the address of the portal's database; nothing if the portal uses no PostgreSQL. */
export async function findDatabaseSecret(
  client: KubeClient,
): Promise<PortalDatabase['secret'] | undefined> {
  const portal = await client
    .resource(coreKinds.deployments)
    .get('portal', { namespace: portalNamespace })
    .catch(ignoreNotFound);
  return portal?.spec?.template?.spec?.containers
    .flatMap(({ env = [] }) => env)
    .find(({ name }) => name === variable)?.valueFrom?.secretKeyRef;
}

/**
 * Writes the database as SQL into a file, as of one moment.
 *
 * @throws Error with the reason, such as an image of another version
 */
export async function dumpDatabase(
  client: KubeClient,
  database: PortalDatabase,
  file: string,
): Promise<void> {
  await withDatabase(client, database, async programOf => {
    const read = (program: string) => readFromPod(client, programOf(program));
    const server = await read(`${query} 'SHOW server_version'`);
    const program = await read('pg_dump --version');
    // Servers reject settings that later versions of pg_dump write.
    if (majorOf(server) !== majorOf(program))
      throw new Error(
        `the server has version ${server}, and the image has ${program}; name an image of the same version`,
      );
    const dump =
      'pg_dump --no-owner --no-privileges --no-blobs --encoding=UTF8';
    await saveFromPod(client, programOf(dump), file);
  });
}

/** Returns the major version in an output such as `pg_dump (PostgreSQL) 17.2`. */
function majorOf(version: string): string | undefined {
  return /\d+/.exec(version)?.[0];
}

/**
 * Fills an empty database from a file of {@link dumpDatabase} completely, or not at all.
 *
 * @param backup - time of the backup, which the database remembers
 * @param uids - present UIDs of objects by former UID, which are replaced
 * @returns false if the database was filled with this backup before
 * @throws OccupiedDatabaseError if it has other tables, Error with another reason
 */
export async function loadDatabase(
  client: KubeClient,
  database: PortalDatabase,
  content: { backup: string; file: string; uids: ReadonlyMap<string, string> },
): Promise<boolean> {
  return withDatabase(client, database, async programOf => {
    const read = (sql: string) =>
      readFromPod(client, programOf(`${query} "${sql}"`));
    if (await read(`SELECT to_regclass('${restoreTable}')`)) {
      const found = await read(`SELECT backup FROM ${restoreTable}`);
      if (found === content.backup) return false;
    }
    if ((await read(tables)) !== '0') throw new OccupiedDatabaseError();
    await runInPod(client, {
      ...programOf('psql --quiet --set ON_ERROR_STOP=1'),
      input: Readable.from(transaction(content)),
    });
    return true;
  });
}

/** Runs a pod with the address of the database while work is in progress, which gets programs of it by command. */
async function withDatabase<T>(
  client: KubeClient,
  { image, secret }: PortalDatabase,
  work: (programOf: (command: string) => PodProgram) => Promise<T>,
): Promise<T> {
  return withHelperPod(
    client,
    {
      namespace: portalNamespace,
      image,
      user: helperUser,
      env: [
        { name: variable, valueFrom: { secretKeyRef: secret } },
        { name: 'PSQLRC', value: '/dev/null' },
      ],
    },
    place =>
      work(command => ({
        ...place,
        command: ['sh', '-c', `exec ${command} --dbname "$${variable}"`],
        signal: AbortSignal.timeout(longestSeconds * 1_000),
      })),
  );
}

/**
 * Reads SQL with the present UIDs of objects, as one transaction. If the connection breaks, psql sees the end of its
 * input without a commit.
 */
async function* transaction({
  backup,
  file,
  uids,
}: {
  backup: string;
  file: string;
  uids: ReadonlyMap<string, string>;
}): AsyncGenerator<Buffer> {
  // Each byte is a character, whatever the encoding is.
  const adapt = (sql: string) =>
    Buffer.from(
      sql.replace(uid, found => uids.get(found) ?? found),
      'latin1',
    );
  yield Buffer.from('BEGIN;\n');
  let rest = '';
  for await (const chunk of createReadStream(file, 'latin1')) {
    const sql = rest + chunk;
    const end = sql.lastIndexOf('\n') + 1;
    rest = sql.slice(end);
    if (end > 0) yield adapt(sql.slice(0, end));
  }
  yield adapt(rest);
  yield Buffer.from(`
CREATE TABLE IF NOT EXISTS ${restoreTable} (backup text);
DELETE FROM ${restoreTable};
INSERT INTO ${restoreTable} VALUES ('${backup}');
COMMIT;
\\q
`);
}
