import { GatewayError } from './GatewayError';

/** Too many logins from one address failed. */
export class TooManyLoginsError extends GatewayError {
  readonly type = 'too-many-logins';
  readonly status = 429;
}
