import { createContext, runInContext } from 'node:vm';

interface FetchOptions {
  headers?: Record<string, string>;
  muteHttpExceptions?: boolean;
}

interface Answer {
  status: number;
  text: string;
}

interface Request {
  address: string;
  options: FetchOptions;
}

/**
 * Google Sheets as far as a script sees it (https://developers.google.com/apps-script/reference). Apps Script waits for
 * requests; here, a function runs again when its request has an answer.
 */
export class SheetsHost {
  readonly menu = new Map<string, string>();
  readonly properties = new Map<string, string>();
  /** Cells of each sheet, as people see them; formulas begin with `=`. */
  readonly sheets = new Map<string, unknown[][]>();
  /** What people enter into the next prompt. */
  input = '';
  readonly #answers = new Map<string, Answer>();
  /** Request that the last run could not wait for. */
  #pending?: Request;
  readonly #context;

  constructor(script: string) {
    this.#context = createContext({
      PropertiesService: {
        getUserProperties: () => ({
          getProperty: (key: string) => this.properties.get(key) ?? null,
          setProperty: (key: string, value: string) =>
            this.properties.set(key, value),
        }),
      },
      SpreadsheetApp: {
        getUi: () => this.#ui(),
        getActiveSpreadsheet: () => ({
          getSheetByName: (name: string) =>
            this.sheets.has(name) ? this.#sheet(name) : null,
          insertSheet: (name: string) => {
            this.sheets.set(name, []);
            return this.#sheet(name);
          },
        }),
      },
      UrlFetchApp: {
        fetch: (address: string, options: FetchOptions = {}) =>
          this.#fetch(address, options),
      },
    });
    runInContext(script, this.#context);
  }

  /** Runs a function of the script. */
  async run(name: string): Promise<void> {
    this.#answers.clear();
    for (;;) {
      this.#pending = undefined;
      let failure: unknown;
      try {
        runInContext(`${name}()`, this.#context);
      } catch (error) {
        failure = error;
      }
      if (!this.#pending && failure) throw failure;
      if (!this.#pending) return;
      await this.#send(this.#pending);
    }
  }

  async #send({ address, options }: Request): Promise<void> {
    const response = await fetch(address, { headers: options.headers });
    this.#answers.set(address, {
      status: response.status,
      text: await response.text(),
    });
  }

  #fetch(address: string, options: FetchOptions) {
    const answer = this.#answers.get(address);
    if (!answer) {
      this.#pending = { address, options };
      throw new Error('There is no answer yet');
    }
    if (answer.status >= 400 && !options.muteHttpExceptions)
      throw new Error(`Request failed, code ${answer.status}`);
    return {
      getContentText: () => answer.text,
      getResponseCode: () => answer.status,
    };
  }

  #ui() {
    const menu = {
      addItem: (caption: string, name: string) => {
        this.menu.set(caption, name);
        return menu;
      },
      addToUi() {},
    };
    const [ButtonSet, Button] = [{ OK_CANCEL: 'OK_CANCEL' }, { OK: 'OK' }];
    return {
      Button,
      ButtonSet,
      createMenu: () => menu,
      prompt: () => ({
        getResponseText: () => this.input,
        getSelectedButton: () => Button.OK,
      }),
    };
  }

  #sheet(name: string) {
    return {
      clearContents: () => this.sheets.set(name, []),
      getRange: (
        row: number,
        column: number,
        height: number,
        width: number,
      ) => ({
        setValues: (values: unknown[][]) => {
          const isWhole =
            [row, column].every(one => one === 1) &&
            values.length === height &&
            values.every(cells => cells.length === width);
          if (!isWhole)
            throw new Error('The data does not have the size of the range');
          this.sheets.set(
            name,
            [...values].map(cells => [...cells].map(shown)),
          );
        },
      }),
    };
  }
}

/** A text after an apostrophe is not interpreted, and the apostrophe is not shown. */
function shown(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value.startsWith("'")) return { text: value.slice(1) };
  if (/^[=+@-]/.test(value)) return { formula: value };
  return /^\d{4}-\d\d-\d\d$/.test(value) ? { date: value } : value;
}
