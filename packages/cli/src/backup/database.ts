import {
  coreKinds,
  ignoreNotFound,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { PassThrough, Readable, type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import {
  helperUser,
  longestSeconds,
  withHelperPod,
  type PodPlace,
} from './helperPod';
import { runInPod } from './runInPod';
import { portalNamespace } from './savedKinds';

/** A PostgreSQL database of the portal. */
export interface PortalDatabase {
  /** Key of a Secret in the namespace of the portal, with the address of the database. */
  secret: { name: string; key: string };
  /** Image with `pg_dump` and `psql`, not older than the server. */
  image: string;
}

/** Variable of the portal, and of pods that reach its database. */
const variable = 'BAILIWICK_DATABASE_URL';

const uid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Tables of others than PostgreSQL itself. */
const tables =
  "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')";

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
 * @throws Error with the reason
 */
export async function dumpDatabase(
  client: KubeClient,
  database: PortalDatabase,
  file: string,
): Promise<void> {
  await withDatabase(client, database, async run => {
    const output = createWriteStream(file);
    await run('pg_dump --no-owner --no-privileges', { output });
    output.end();
    await finished(output);
  });
}

/**
 * Fills an empty database from a file of {@link dumpDatabase} completely, or not at all.
 *
 * @param uids - present UIDs of objects by former UID, which are replaced
 * @throws Error with the reason, such as tables in the database
 */
export async function loadDatabase(
  client: KubeClient,
  database: PortalDatabase,
  { file, uids }: { file: string; uids: ReadonlyMap<string, string> },
): Promise<void> {
  await withDatabase(client, database, async run => {
    const output = new PassThrough();
    const count = text(output);
    await run(`psql --no-psqlrc --tuples-only --command "${tables}"`, {
      output,
    });
    output.end();
    if (Number(await count) > 0) throw new Error('it has tables already');
    await run('psql --no-psqlrc --quiet --set ON_ERROR_STOP=1', {
      input: Readable.from(transaction(file, uids)),
    });
  });
}

type RunOnDatabase = (
  program: string,
  streams: { input?: Readable; output?: Writable },
) => Promise<void>;

/** Runs a pod with the address of the database while work is in progress. */
async function withDatabase(
  client: KubeClient,
  { image, secret }: PortalDatabase,
  work: (run: RunOnDatabase) => Promise<void>,
): Promise<void> {
  await withHelperPod(
    client,
    {
      namespace: portalNamespace,
      image,
      user: helperUser,
      env: [{ name: variable, valueFrom: { secretKeyRef: secret } }],
    },
    (place: PodPlace) =>
      work((program, { input, output }) =>
        runInPod(client, {
          ...place,
          command: ['sh', '-c', `exec ${program} --dbname "$${variable}"`],
          input,
          output,
          signal: AbortSignal.timeout(longestSeconds * 1_000),
        }),
      ),
  );
}

/**
 * Reads SQL with the present UIDs of objects, as one transaction. If the connection breaks, psql sees the end of its
 * input without a commit.
 */
async function* transaction(
  file: string,
  uids: ReadonlyMap<string, string>,
): AsyncGenerator<Buffer> {
  yield Buffer.from('BEGIN;\n');
  for await (const line of createInterface({ input: createReadStream(file) }))
    yield Buffer.from(
      `${line.replace(uid, found => uids.get(found) ?? found)}\n`,
    );
  yield Buffer.from('COMMIT;\n\\q\n');
}
