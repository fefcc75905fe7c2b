import { GatewayError } from './GatewayError';

/** The error object with which an app's runtime refuses a call. */
export interface AppRefusal {
  type: string;
  message: string;
  [field: string]: unknown;
}

/** The app refused the call; its own words are passed on. */
export class AppRefusedError extends GatewayError {
  readonly type: string;
  readonly status: number;

  /**
   * @param status - HTTP status of the app's answer
   * @param refusal - the error object of its answer
   * @param retryAfter - seconds, where the app names them
   */
  constructor(
    status: number,
    { type, message, ...fields }: AppRefusal,
    retryAfter?: number,
  ) {
    super(message, { fields, retryAfter });
    this.type = type;
    // to a reader the parameters are part of the address, so a wrong one is a bad request
    this.status = status === 422 ? 400 : status;
  }
}
