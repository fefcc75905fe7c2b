import { GatewayError } from './GatewayError';

/** The token is wrong, expired or revoked. */
export class NotLoggedInError extends GatewayError {
  readonly type = 'not-logged-in';
  readonly status = 401;
}
