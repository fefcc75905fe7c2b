import { GatewayError } from './GatewayError';

/** The identity provider, whose keys prove access tokens, does not respond. */
export class IdentityUnavailableError extends GatewayError {
  readonly type = 'identity-unavailable';
  readonly status = 503;
}
