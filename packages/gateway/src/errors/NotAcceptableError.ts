import { GatewayError } from './GatewayError';

/** The result cannot be given in a format that the reader accepts. */
export class NotAcceptableError extends GatewayError {
  readonly type = 'not-acceptable';
  readonly status = 406;
}
