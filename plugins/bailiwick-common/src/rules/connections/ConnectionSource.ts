import type { ContractFunction } from '../../kinds';

/** A table of an app, and where tools read it. @public */
export interface ConnectionSource {
  /** Name of the app. */
  app: string;
  fn: ContractFunction;
  /** Address of the function, without a suffix. */
  address: string;
  /** OData address of the app, with a slash at the end. */
  service: string;
  /** Query of the call, such as `?symbols=AAPL`; empty if there are no required parameters. */
  query: string;
}
