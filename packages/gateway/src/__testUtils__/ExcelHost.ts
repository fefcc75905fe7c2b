/// <reference types="custom-functions-runtime" />
import { XMLParser } from 'fast-xml-parser';
import { JSDOM } from 'jsdom';

type Callable = (...given: unknown[]) => unknown;

/** A function of the metadata (https://learn.microsoft.com/office/dev/add-ins/excel/custom-functions-json). */
export interface HostFunction {
  id: string;
  name: string;
  description?: string;
  parameters: {
    name: string;
    type?: 'any' | 'boolean' | 'number' | 'string';
    dimensionality?: 'matrix' | 'scalar';
    optional?: boolean;
    customEnumId?: string;
  }[];
  result: { type?: string; dimensionality?: 'matrix' | 'scalar' };
  options?: { stream?: boolean; cancelable?: boolean };
}

/** What a cell shows: a value, a formatted number, or an error with the message beside it. */
export type Shown =
  | boolean
  | number
  | string
  | { type: 'Double'; basicValue: number; numberFormat: string }
  | { error: string; message?: string };

/** Codes that functions can return (https://learn.microsoft.com/javascript/api/custom-functions-runtime). */
const errorCodes = {
  invalidValue: '#VALUE!',
  notAvailable: '#N/A',
  divisionByZero: '#DIV/0!',
  invalidNumber: '#NUM!',
  nullReference: '#NULL!',
};
/** The codes whose message Excel shows. */
const withMessage = ['#VALUE!', '#N/A'];

class HostError {
  readonly code: string;
  readonly message?: string;

  constructor(code: string, message?: string) {
    this.code = code;
    this.message = message;
  }
}

/** A cell with a streaming function. */
export interface LiveCell {
  /** All results so far. */
  results: (Shown | Shown[][])[];
  /** Deletes the formula. */
  cancel(): void;
}

/**
 * Excel as far as add-ins see it: loads manifest, metadata, page and script without credentials, registers the functions,
 * and calculates formulas as Microsoft documents.
 */
export class ExcelHost {
  readonly functions = new Map<string, HostFunction>();
  readonly storage = new Map<string, string>();
  namespace = '';
  recalculations = 0;
  #page!: JSDOM;
  #allowsCustomData = false;
  #isReady = false;
  readonly #load: typeof fetch;
  readonly #programs = new Map<string, Callable>();

  /** @param load - fetches an address of the add-in */
  private constructor(load: typeof fetch) {
    this.#load = load;
  }

  /** Installs an add-in. @throws Error when Excel would refuse it */
  static async install(
    manifest: string,
    load: typeof fetch,
    requirementSets: readonly string[] = ['ExcelApi 1.16'],
  ): Promise<ExcelHost> {
    const host = new ExcelHost(load);
    const addresses = host.#readManifest(manifest);
    const metadata = JSON.parse(await host.#text(addresses.metadata));
    host.#allowsCustomData = metadata.allowCustomDataForDataTypeAny === true;
    for (const fn of metadata.functions as HostFunction[]) {
      requireValid(fn, metadata.enums ?? []);
      if (host.functions.has(fn.id))
        throw new Error(`Two functions are ${fn.id}`);
      host.functions.set(fn.id, fn);
    }
    await host.#open(addresses.page, requirementSets);
    if (!host.#isReady)
      throw new Error('The add-in did not call Office.onReady');
    for (const id of host.functions.keys())
      if (!host.#programs.has(id)) throw new Error(`${id} is not associated`);
    return host;
  }

  /** Page of the task pane. */
  get page(): Document {
    return this.#page.window.document;
  }

  /** Calculates a formula until it has a result. Omitted arguments are `null`. */
  async calculate(id: string, ...given: unknown[]): Promise<Shown | Shown[][]> {
    return this.start(id, ...given).result;
  }

  /** Begins to calculate a formula. */
  start(id: string, ...given: unknown[]) {
    const fn = this.#find(id);
    const invocation: CustomFunctions.CancelableInvocation = {
      functionName: id,
    };
    const call = async () => {
      try {
        const args = this.#argumentsOf(fn, given);
        return this.#show(
          await this.#programs.get(id)!(...args, invocation),
          fn,
        );
      } catch (error) {
        return shownError(error);
      }
    };
    return { result: call(), cancel: () => invocation.onCanceled?.() };
  }

  /** Enters a formula with a streaming function. */
  follow(id: string, ...given: unknown[]): LiveCell {
    const fn = this.#find(id);
    const results: LiveCell['results'] = [];
    let isCancelled = false;
    const invocation: CustomFunctions.StreamingInvocation<unknown> = {
      functionName: id,
      setResult: value => {
        if (!isCancelled) results.push(this.#show(value, fn));
      },
    };
    const args = this.#argumentsOf(fn, given);
    const returned = this.#programs.get(id)!(...args, invocation);
    if (returned !== undefined)
      throw new Error('Streaming functions return nothing');
    return {
      results,
      cancel() {
        isCancelled = true;
        invocation.onCanceled?.();
      },
    };
  }

  close(): void {
    this.#page.window.close();
  }

  #readManifest(manifest: string) {
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      isArray: name => ['bt:Url', 'bt:String', 'ExtensionPoint'].includes(name),
    });
    const { OfficeApp: app } = parser.parse(manifest);
    const { Hosts, Resources } = app.VersionOverrides;
    const resources = new Map<string, string>(
      [
        ...Resources['bt:Urls']['bt:Url'],
        ...Resources['bt:ShortStrings']['bt:String'],
      ].map(({ DefaultValue, id }) => [id, DefaultValue]),
    );
    const find = ({ resid }: { resid: string }) => {
      const value = resources.get(resid);
      if (value === undefined) throw new Error(`No resource ${resid}`);
      return value;
    };
    const [point] = Hosts.Host.AllFormFactors.ExtensionPoint;
    this.namespace = find(point.Namespace);
    const page = find(point.Page.SourceLocation);
    if (find(Hosts.Host.Runtimes.Runtime) !== page)
      throw new Error('The shared runtime has another page');
    const addresses = {
      metadata: find(point.Metadata.SourceLocation),
      page,
      script: find(point.Script.SourceLocation),
    };
    for (const address of Object.values(addresses))
      if (!address.startsWith('https://'))
        throw new Error(`Excel refuses ${address}`);
    return addresses;
  }

  async #text(address: string): Promise<string> {
    const response = await this.#load(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response.text();
  }

  /** Opens the page of the shared runtime; Office.js is this host. */
  async #open(address: string, requirementSets: readonly string[]) {
    this.#page = new JSDOM(await this.#text(address), {
      url: address,
      runScripts: 'outside-only',
    });
    const { document } = this.#page.window;
    const { storage } = this;
    Object.assign(this.#page.window, {
      AbortController,
      Excel: {
        run: async (batch: (context: unknown) => Promise<void>) =>
          batch({
            workbook: {
              application: {
                calculate: () => {
                  this.recalculations += 1;
                },
              },
            },
            async sync() {},
          }),
      },
      CustomFunctions: {
        associate: (id: string, program: Callable) =>
          this.#programs.set(id, program),
        Error: HostError,
        ErrorCode: errorCodes,
      },
      Office: {
        onReady: async () => {
          this.#isReady = true;
        },
        context: {
          requirements: {
            isSetSupported: (name: string, version: string) =>
              requirementSets.includes(`${name} ${version}`),
          },
        },
      },
      OfficeRuntime: {
        storage: {
          getItem: async (key: string) => storage.get(key) ?? null,
          setItem: async (key: string, value: string) => {
            storage.set(key, value);
          },
          removeItem: async (key: string) => {
            storage.delete(key);
          },
        },
      },
      TextDecoder,
      fetch: this.#load,
    });
    for (const script of document.querySelectorAll('script')) {
      const isMicrosofts = script.src.startsWith(
        'https://appsforoffice.microsoft.com/',
      );
      if (!isMicrosofts)
        this.#page.window.eval(
          script.src ? await this.#text(script.src) : script.text,
        );
    }
  }

  #find(id: string): HostFunction {
    const fn = this.functions.get(id);
    if (!fn) throw new Error('#NAME?');
    return fn;
  }

  /** Converts the arguments of a formula to the declared types. @throws HostError where Excel shows `#VALUE!` */
  #argumentsOf({ parameters }: HostFunction, given: unknown[]): unknown[] {
    if (given.length > parameters.length) throw new HostError('#VALUE!');
    return parameters.map(({ dimensionality, optional, type }, index) => {
      const value = given[index] ?? null;
      if (value === null) {
        if (!optional) throw new HostError('#VALUE!');
        return null;
      }
      const isRange = Array.isArray(value);
      if (dimensionality === 'matrix') return isRange ? value : [[value]];
      if (isRange) throw new HostError('#VALUE!');
      return convert(value, type ?? 'any');
    });
  }

  #show(value: unknown, { result }: HostFunction): Shown | Shown[][] {
    if (result.dimensionality !== 'matrix' || value instanceof HostError)
      return this.#showCell(value);
    if (!Array.isArray(value) || value.length === 0)
      return { error: '#VALUE!' };
    const widths = new Set(value.map(row => row.length));
    if (widths.size !== 1 || widths.has(0)) return { error: '#VALUE!' };
    return value.map(row => row.map((one: unknown) => this.#showCell(one)));
  }

  #showCell(value: unknown): Shown {
    if (value instanceof HostError) return shownError(value);
    if (typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (typeof value === 'string' && value.length <= 32_767) return value;
    const { basicValue, numberFormat, type } = (value ?? {}) as any;
    return this.#allowsCustomData &&
      type === 'Double' &&
      Number.isFinite(basicValue)
      ? { type, basicValue, numberFormat }
      : { error: '#VALUE!' };
  }
}

function convert(value: unknown, type: string): unknown {
  switch (type) {
    case 'number':
      if (value === '' || !Number.isFinite(Number(value)))
        throw new HostError('#VALUE!');
      return Number(value);
    case 'string':
      return String(value);
    case 'boolean':
      if (typeof value === 'string') throw new HostError('#VALUE!');
      return Boolean(value);
    default:
      return value;
  }
}

/** Whatever is thrown, except errors of the API, is `#VALUE!`. */
function shownError(error: unknown): Shown {
  if (!(error instanceof HostError)) return { error: '#VALUE!' };
  const { code, message } = error;
  return withMessage.includes(code) && message
    ? { error: code, message }
    : { error: code };
}

/** @throws Error for metadata that Excel does not register */
function requireValid(
  { id, name, options, parameters }: HostFunction,
  enums: { id: string; type: string }[],
): void {
  const isNamed =
    /^[A-Za-z0-9._]{3,128}$/.test(id) &&
    /^\p{L}[\p{L}\d._]{2,127}$/u.test(name);
  if (!isNamed) throw new Error(`${id} is no name`);
  if (options?.stream && options.cancelable)
    throw new Error(`${id} streams and can be cancelled`);
  const firstOptional = parameters.findIndex(({ optional }) => optional);
  if (
    firstOptional >= 0 &&
    parameters.slice(firstOptional).some(({ optional }) => !optional)
  )
    throw new Error(`${id} has an optional parameter before a required one`);
  for (const { customEnumId, type } of parameters) {
    const found = enums.find(one => one.id === customEnumId);
    if (customEnumId && found?.type !== type)
      throw new Error(`${id} has no values ${customEnumId}`);
  }
}
