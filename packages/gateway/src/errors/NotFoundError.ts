import { GatewayError } from './GatewayError';

/** There is no such app, environment or function. */
export class NotFoundError extends GatewayError {
  readonly type = 'not-found';
  readonly status = 404;
}
