import { GatewayError } from './GatewayError';

/** The app's result differs from its contract. */
export class InvalidResultError extends GatewayError {
  readonly type = 'invalid-result';
  readonly status = 502;
}
