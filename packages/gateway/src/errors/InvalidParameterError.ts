import { GatewayError } from './GatewayError';

/** A query parameter is unknown or does not fit its type. */
export class InvalidParameterError extends GatewayError {
  readonly type = 'invalid-parameter';
  readonly status = 400;
}
