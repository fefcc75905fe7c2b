import type { AppEnvironment } from '../kinds';
import type { LogView } from './logs';
import type {
  EnvironmentRights,
  PreviewView,
  TerminalSize,
  VerbOutcome,
} from './podViews';
import type { AppView } from './views';
import type { CallOptions } from './JsonClient';

/** An app in one of its environments. @public */
export interface EnvironmentPlace {
  tenant: string;
  app: string;
  environment: string;
}

/** Sends a request; rejects with the portal's message if it is refused. @public */
export type Send = (
  method: string,
  path: string,
  options?: CallOptions,
  body?: unknown,
) => Promise<Response>;

/** Client for an app in one environment: its pods, their logs and terminals. @public */
export class EnvironmentClient {
  readonly #send: Send;
  readonly #base: string;

  constructor(send: Send, { app, environment, tenant }: EnvironmentPlace) {
    this.#send = send;
    this.#base = `/tenants/${tenant}/apps/${app}/environments/${environment}`;
  }

  /** Returns the person's rights in the environment. */
  rights = (options?: CallOptions) =>
    this.#json<EnvironmentRights>('GET', '/rights', options);

  /**
   * Returns the last lines of the log.
   *
   * @param query - query of the route, such as `pod=feed-1&tail=100`
   */
  readLog = (query: string, options?: CallOptions) =>
    this.#json<LogView>('GET', `/log?${query}`, options);

  /** Returns the first rows of a function, for people who can create tokens; omitted parameters have their defaults. */
  preview = (
    fn: string,
    parameters: Record<string, unknown> = {},
    options?: CallOptions,
  ) => {
    const hasSome = Object.keys(parameters).length > 0;
    const query = new URLSearchParams(
      hasSome ? { parameters: JSON.stringify(parameters) } : {},
    ).toString();
    return this.#json<PreviewView>(
      'GET',
      `/functions/${encodeURIComponent(fn)}/preview${query && `?${query}`}`,
      options,
    );
  };

  /**
   * Returns all rows of a function as a file, for people who can create tokens; omitted parameters have their defaults.
   * Reading fails if the file could not be completed.
   *
   * @param format - suffix of the format, such as `xlsx`
   */
  download = (
    fn: string,
    format: string,
    parameters: Record<string, unknown> = {},
    options?: CallOptions,
  ): Promise<Response> => {
    const query = new URLSearchParams({
      format,
      parameters: JSON.stringify(parameters),
    });
    return this.#send(
      'GET',
      `${this.#base}/functions/${encodeURIComponent(fn)}/file?${query}`,
      options,
    );
  };

  /** Replaces the pods, one after another. */
  restart = (options?: CallOptions) =>
    this.#json<AppView>('POST', '/restart', options);

  /** Pauses or resumes the app. */
  suspend = (wanted: { suspended: boolean }, options?: CallOptions) =>
    this.#json<AppView>('POST', '/suspension', options, wanted);

  /** Sets the number of pods, and after how many minutes without calls none runs; `null` to keep pods running. */
  scale = (
    wanted: { min: number; max: number; scaleToZeroMinutes?: number | null },
    options?: CallOptions,
  ) => this.#json<AppView>('POST', '/scale', options, wanted);

  /** Sets how a new release replaces another one; `null` for at once. */
  setCanary = (
    canary: AppEnvironment['canary'] | null,
    options?: CallOptions,
  ) => this.#json<AppView>('POST', '/canary', options, { canary });

  /** Gives the app an address of its own, or removes it. */
  setAddress = (wanted: { address: boolean }, options?: CallOptions) =>
    this.#json<AppView>('POST', '/address', options, wanted);

  /** Runs a custom action of the app in each of its pods. */
  act = (
    verb: string,
    parameters: Record<string, unknown>,
    options?: CallOptions,
  ) =>
    this.#json<VerbOutcome>(
      'POST',
      `/verbs/${encodeURIComponent(verb)}`,
      options,
      { parameters },
    );

  /** Opens a terminal in a pod; the response is a `text/event-stream` of {@link TerminalMessage}. */
  openTerminal = (
    pod: string,
    wanted: TerminalSize & { container?: string },
    options?: CallOptions,
  ): Promise<Response> =>
    this.#send('POST', `${this.#base}/pods/${pod}/terminals`, options, wanted);

  /** Sends input to a terminal of the person. */
  typeIntoTerminal = async (
    pod: string,
    session: string,
    text: string,
    options?: CallOptions,
  ): Promise<void> => {
    const path = `${this.#base}/pods/${pod}/terminals/${session}/input`;
    await this.#send('POST', path, options, { text });
  };

  /** Reports the new size of a terminal of the person. */
  resizeTerminal = async (
    pod: string,
    session: string,
    size: TerminalSize,
    options?: CallOptions,
  ): Promise<void> => {
    const path = `${this.#base}/pods/${pod}/terminals/${session}/size`;
    await this.#send('POST', path, options, size);
  };

  async #json<T>(
    method: string,
    path: string,
    options?: CallOptions,
    body?: unknown,
  ): Promise<T> {
    const answer = await this.#send(method, this.#base + path, options, body);
    return answer.json();
  }
}
