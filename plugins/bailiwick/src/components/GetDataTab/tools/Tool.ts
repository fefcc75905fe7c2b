import type {
  ContractFunction,
  GrantClient,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isRelational } from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** A function of an app, and where it is read. */
export interface Source {
  fn: ContractFunction;
  /** Address of the function, without a suffix. */
  address: string;
  /** Query of the call, such as `?symbols=AAPL`; empty if no parameter has a value and none is required. */
  query: string;
  /** OData address of the app, with a slash at the end. */
  service: string;
  /** Address of the tenant's add-in for Excel; absent if Excel cannot load it. */
  addIn?: string;
  /** Address of the gateway. */
  gateway: string;
  /** Functions that return a single value. */
  values: ContractFunction[];
  /** MCP address of the app. */
  agents: string;
  /** Name of the app, for files. */
  app: string;
  /** Whether the app delivers CSV and Excel. */
  hasCsv: boolean;
  /** User name of the reader; absent while it is unknown. */
  user?: string;
  /** A token that was just created. */
  token?: string;
}

/** Whether a function returns a table for tools that read tables. */
export const isTable = ({ fn }: Source) => isRelational(fn.result);

/** A file format, by its suffix, and the label of its button. */
export interface Download {
  format: string;
  label: string;
}

/** What a tool shows: its menu, or a window with fields or a list of tables, and the button to choose. */
export type Picture =
  | { menu: string[] }
  | {
      window: string;
      fields?: [name: string, value: string][];
      /** Tables, which are selected. */
      list?: string[];
      button: string;
    };

/** A step on the way to the data. */
export interface Step {
  text: string;
  /** Text to copy. */
  copy?: { label: string; text: string };
  /** File to save. */
  file?: { label: string; name: string; type: string; content: string };
  /** File of the table that the portal downloads. */
  download?: Download;
  /** Address to open. */
  link?: { label: string; to: string };
  /** What the tool shows. */
  picture?: Picture;
}

/** A tool in which people read data. */
export interface Tool {
  id: string;
  title: string;
  client: GrantClient;
  /** Part of `docs/guide/connect.md` about the tool. */
  guidePart: string;
  /** Whether the steps are about the whole app, without values of parameters. */
  ignoresValues?: boolean;
  /** Whether the tool can read the function. */
  isFor(source: Source): boolean;
  /** Steps in their order. */
  steps(source: Source): Step[];
  /** Ways besides these steps. */
  others?(source: Source): Step[];
}
