import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';

/** A connection to the plugin's database. */
export type DatabaseClient = Awaited<ReturnType<DatabaseService['getClient']>>;

/** Connects to the plugin's database and brings its tables up to date. */
export async function openDatabase(
  database: DatabaseService,
): Promise<DatabaseClient> {
  const client = await database.getClient();
  if (!database.migrations?.skip)
    await client.migrate.latest({
      directory: resolvePackagePath(
        '@bailiwick/backstage-plugin-bailiwick-backend',
        'migrations',
      ),
    });
  return client;
}
