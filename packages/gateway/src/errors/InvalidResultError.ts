import { GatewayError } from './GatewayError';

/** The app returned something other than what its contract says. */
export class InvalidResultError extends GatewayError {
  readonly type = 'invalid-result';
  readonly status = 502;
}
