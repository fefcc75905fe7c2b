import type { Connection } from '../../kinds';
import { chooseConnection, type AppPlace } from './chooseConnection';

/** A connection to a bucket. @public */
export type BucketConnection = Connection & {
  spec: { s3: NonNullable<Connection['spec']['s3']> };
};

/** The bucket for the results of an app, or the reason why there is none, and the remedy. @public */
export type BucketChoice =
  | { connection: BucketConnection; why?: undefined }
  | { connection?: undefined; why: string; next: string };

/**
 * Chooses the bucket for the results of an app in an environment.
 *
 * @param connections - all connections
 * @param name - name of the connection in the app
 * @public
 */
export function chooseBucket(
  connections: readonly Connection[],
  name: string,
  place: AppPlace,
): BucketChoice {
  const named = connections.filter(({ spec }) => spec.name === name);
  const buckets = named.filter(isBucket);
  const connection = chooseConnection(buckets, place);
  if (connection && isBucket(connection)) return { connection };
  const next =
    'Choose another connection in spec.results of the app, or ask the platform team.';
  const { environment, tenant } = place;
  if (buckets.length > 0)
    return {
      why: `Connection "${name}" for results is not available to tenant ${tenant} in environment ${environment}.`,
      next,
    };
  return {
    why:
      named.length > 0
        ? `Connection "${name}" for results is not an S3 bucket.`
        : `Connection "${name}" for results does not exist.`,
    next,
  };
}

function isBucket(connection: Connection): connection is BucketConnection {
  return connection.spec.s3 !== undefined;
}
