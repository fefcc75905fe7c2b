import {
  coreServices,
  createBackendFeatureLoader,
  type BackendFeature,
  type LoggerService,
  type RootLifecycleService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import knex, { type Knex } from 'knex';
import { connectionOf } from './connectionOf';
import { startLock } from './startLock';

/** Milliseconds between two probes. */
const probeMs = 2_000;
/** The most milliseconds of a probe. */
const timeoutMs = 5_000;
/** Failed probes in succession after which the database counts as away; a busy portal can miss one. */
const failuresMax = 2;

const databaseIsAway =
  "The portal's database does not respond. Try again in a minute. If this message stays, tell the platform team";

/**
 * Creates the parts of a guard that tells clients what is not available:
 *
 * - While PostgreSQL does not respond, requests to plugins are refused with one message (503). Plugins themselves report
 *   many different errors then, such as that a token is invalid.
 * - While the portal shuts down, it asks clients to close their connections. Otherwise, they would send requests to it to
 *   the end. `backend.lifecycle.serverShutdownDelay` sets this time.
 *
 * @returns `handler`, which comes before all routes of the backend, and `feature`, which must be added to it and
 * includes {@link startLock}
 * @public
 */
export function createAvailabilityGuard(): {
  feature: BackendFeature;
  handler: (
    request: { path: string },
    response: { setHeader(name: string, value: string): unknown },
    next: (error?: Error) => void,
  ) => void;
} {
  let isShuttingDown = false;
  let isDatabaseAway = () => false;
  const feature = createBackendFeatureLoader({
    deps: {
      config: coreServices.rootConfig,
      lifecycle: coreServices.rootLifecycle,
      logger: coreServices.rootLogger,
    },
    loader({ config, lifecycle, logger }) {
      lifecycle.addBeforeShutdownHook(() => {
        isShuttingDown = true;
      });
      const connection = connectionOf(config);
      if (connection)
        isDatabaseAway = watchDatabase(connection, { lifecycle, logger });
      return [startLock];
    },
  });
  return {
    feature,
    handler({ path }, response, next) {
      if (isShuttingDown) response.setHeader('connection', 'close');
      const isRefused = path.startsWith('/api/') && isDatabaseAway();
      next(isRefused ? new ServiceUnavailableError(databaseIsAway) : undefined);
    },
  };
}

/** Asks a database again and again whether it responds, from the start of the portal to its end. */
function watchDatabase(
  connection: string | Knex.PgConnectionConfig,
  {
    lifecycle,
    logger,
  }: { lifecycle: RootLifecycleService; logger: LoggerService },
): () => boolean {
  const database = knex({
    client: 'pg',
    connection,
    pool: { min: 0, max: 1 },
    acquireConnectionTimeout: timeoutMs,
  });
  let failures = 0;
  let timer: NodeJS.Timeout;
  let hasEnded = false;
  const isAway = () => failures >= failuresMax;
  const probe = async () => {
    try {
      await database.raw('SELECT 1').timeout(timeoutMs);
      if (isAway()) logger.info('The database responds again');
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures === failuresMax)
        logger.error(
          `The database doesn't respond: ${(error as Error).message}`,
        );
    }
    if (!hasEnded) timer = setTimeout(probe, probeMs).unref();
  };
  // The start does not wait for the first one.
  lifecycle.addStartupHook(() => {
    timer = setTimeout(probe, probeMs).unref();
  });
  lifecycle.addShutdownHook(() => {
    hasEnded = true;
    clearTimeout(timer);
    return database.destroy();
  });
  return isAway;
}
