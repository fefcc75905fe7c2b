/** Kind of the values of a column, which decides about its cells. */
export type CellKind =
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'duration'
  | 'json'
  | 'number'
  | 'text'
  | 'time';

/** A column of a result. */
export interface AddInColumn {
  name: string;
  kind: CellKind;
  /** Number format of its cells (ECMA-376 part 1, section 18.8.30). */
  format?: string;
}

/** An argument of a custom function. */
export interface AddInParameter {
  name: string;
  type: 'any' | 'boolean' | 'number' | 'string';
  description: string;
  /** Values to choose from. */
  choices?: (number | string)[];
  /** Whether it is a range of values. */
  isList: boolean;
  isOptional: boolean;
  /** Texts that can also be given as dates of Excel. */
  date?: 'date' | 'date-time';
}

/** A custom function. */
export interface AddInFunction {
  /** Identifier and name, unique in the add-in. */
  id: string;
  description: string;
  app: string;
  environment: string;
  /** Name in the contract. */
  fn: string;
  kind: 'stream' | 'table' | 'value';
  /** Whether its cells are updated until the formula is deleted. */
  isLive: boolean;
  /** Whether the result is a range. */
  isMatrix: boolean;
  parameters: AddInParameter[];
  columns: AddInColumn[];
  /** Names of the columns that identify a row. */
  key: string[];
}

/** Custom functions of a tenant that a grant opens. */
export interface AddIn {
  tenant: string;
  /** Title of the tenant. */
  title: string;
  /** Public address of the gateway, without a slash at the end. */
  gateway: string;
  /** Prefix of all names. */
  namespace: string;
  functions: AddInFunction[];
}
