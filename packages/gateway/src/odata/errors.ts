import { GatewayError } from '../errors';

/** A request that breaks the syntax or the types of OData. */
export class BadODataError extends GatewayError {
  readonly type = 'bad-odata-request';
  readonly status = 400;
}

/** A part of OData that this service does not have (OData 4.0 Part 1, section 9.3.1). */
export class NotImplementedError extends GatewayError {
  readonly type = 'not-implemented';
  readonly status = 501;
}
