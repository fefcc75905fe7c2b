import { GatewayError } from '../errors';

/** A page of a snapshot that no longer exists, and whose rows can't be restored. */
export class SnapshotGoneError extends GatewayError {
  readonly type = 'snapshot-gone';
  readonly status = 410;
}

/** A result that is larger than all snapshots may be together. */
export class ResultTooLargeError extends GatewayError {
  readonly type = 'result-too-large';
  readonly status = 413;
}

/** No space is left for another snapshot at the moment. */
export class SnapshotsFullError extends GatewayError {
  readonly type = 'snapshots-full';
  readonly status = 503;
}

/** A query that ran longer than a call may. */
export class QueryTooSlowError extends GatewayError {
  readonly type = 'query-too-slow';
  readonly status = 504;
}

/** A query whose values can't be calculated, such as a date that does not exist. */
export class QueryFailedError extends GatewayError {
  readonly type = 'query-failed';
  readonly status = 400;
}
