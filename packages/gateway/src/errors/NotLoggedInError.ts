import { GatewayError } from './GatewayError';

/** The token is missing, wrong, expired or revoked. */
export class NotLoggedInError extends GatewayError {
  readonly type = 'not-logged-in';
  readonly status = 401;
}
