import { GatewayError } from './GatewayError';

/** The gateway has no https address, which the client needs. */
export class HttpsRequiredError extends GatewayError {
  readonly type = 'https-required';
  readonly status = 403;
}
