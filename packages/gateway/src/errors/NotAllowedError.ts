import { GatewayError } from './GatewayError';

/** The token is good, but not for this. */
export class NotAllowedError extends GatewayError {
  readonly type = 'not-allowed';
  readonly status = 403;
}
