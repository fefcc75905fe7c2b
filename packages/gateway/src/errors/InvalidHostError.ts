import { GatewayError } from './GatewayError';

/** The `Host` header is missing, repeated or no host. */
export class InvalidHostError extends GatewayError {
  readonly type = 'invalid-host';
  readonly status = 400;
}
