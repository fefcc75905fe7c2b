import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import knex, { type Knex } from 'knex';
import { setTimeout as pause } from 'node:timers/promises';
import { connectionOf } from './connectionOf';

/** Number of the lock, the same for all portals on a database. */
const lock = 1_112_099_148;
/** Milliseconds between two attempts. */
const retryMs = 500;

/**
 * Lets portals on the same PostgreSQL database start one after the other. Otherwise their plugins would bring the same
 * tables up to date at the same time, and all but one would fail. The lock is that of a connection, so it ends with a
 * portal that is killed. No transaction holds it and nobody waits for it in the database, because an index that is
 * created concurrently waits for all of these.
 *
 * @public
 */
export const startLock = createBackendFeatureLoader({
  deps: {
    config: coreServices.rootConfig,
    lifecycle: coreServices.rootLifecycle,
    logger: coreServices.rootLogger,
  },
  async loader({ config, lifecycle, logger }) {
    const connection = connectionOf(config);
    if (!connection) return [];
    const database = knex({
      client: 'pg',
      connection,
      // The lock belongs to the one connection, which is kept.
      pool: { min: 1, max: 1 },
    });
    let isTold = false;
    while (!(await take(database))) {
      if (!isTold) logger.info('Waiting for another portal to start');
      isTold = true;
      await pause(retryMs);
    }
    // Hooks of the root run when all plugins have started.
    lifecycle.addStartupHook(() => database.destroy());
    return [];
  },
});

/** Takes the lock if it is free. @throws Error with the remedy when the database does not respond */
async function take(database: Knex): Promise<boolean> {
  try {
    const { rows } = await database.raw(
      'SELECT pg_try_advisory_lock(?) AS taken',
      [lock],
    );
    return rows[0].taken;
  } catch (error) {
    throw new Error(
      `The database doesn't respond: ${
        (error as Error).message
      }. Check backend.database.connection, and start the portal again`,
    );
  }
}
