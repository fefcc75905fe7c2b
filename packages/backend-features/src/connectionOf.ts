import type { Config } from '@backstage/config';
import type { Knex } from 'knex';

/** Returns how to connect to PostgreSQL; nothing for other databases, and for connections that Backstage builds itself. */
export function connectionOf(
  config: Config,
): string | Knex.PgConnectionConfig | undefined {
  const database = config.getOptionalConfig('backend.database');
  if (database?.getOptionalString('client') !== 'pg') return undefined;
  const connection = database.get<string | Knex.PgConnectionConfig>(
    'connection',
  );
  const isBuilt = typeof connection === 'object' && 'type' in connection;
  return isBuilt ? undefined : connection;
}
