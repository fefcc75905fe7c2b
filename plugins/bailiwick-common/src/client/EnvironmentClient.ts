import type { LogView } from './logs';
import type {
  EnvironmentRights,
  PreviewView,
  TerminalSize,
  VerbOutcome,
} from './podViews';
import type { AppView } from './views';
import type { CallOptions } from './JsonClient';

/** An app in one of its environments. */
export interface EnvironmentPlace {
  tenant: string;
  app: string;
  environment: string;
}

/** Sends a request; fails with the portal's words when it is refused. */
export type Send = (
  method: string,
  path: string,
  options?: CallOptions,
  body?: unknown,
) => Promise<Response>;

/** What runs of an app in one environment: its pods, their logs and terminals. */
export class EnvironmentClient {
  readonly #send: Send;
  readonly #base: string;

  constructor(send: Send, { app, environment, tenant }: EnvironmentPlace) {
    this.#send = send;
    this.#base = `/tenants/${tenant}/apps/${app}/environments/${environment}`;
  }

  /** What the reader may do there. */
  rights = (options?: CallOptions) =>
    this.#json<EnvironmentRights>('GET', '/rights', options);

  /**
   * The last lines of its log.
   *
   * @param query - as of the route, such as `pod=feed-1&tail=100`
   */
  readLog = (query: string, options?: CallOptions) =>
    this.#json<LogView>('GET', `/log?${query}`, options);

  /** The first rows of a function with its default parameters, for people who may create tokens. */
  preview = (fn: string, options?: CallOptions) =>
    this.#json<PreviewView>(
      'GET',
      `/functions/${encodeURIComponent(fn)}/preview`,
      options,
    );

  /** Replaces its pods, one after another. */
  restart = (options?: CallOptions) =>
    this.#json<AppView>('POST', '/restart', options);

  /** Pauses it, or resumes it. */
  suspend = (wanted: { suspended: boolean }, options?: CallOptions) =>
    this.#json<AppView>('POST', '/suspension', options, wanted);

  /** Says how many of its pods run. */
  scale = (replicas: { min: number; max: number }, options?: CallOptions) =>
    this.#json<AppView>('POST', '/scale', options, replicas);

  /** Carries out a verb of the app in each of its pods. */
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

  /** Opens a terminal in a pod; the answer is `text/event-stream` of {@link TerminalMessage}. */
  openTerminal = (
    pod: string,
    wanted: TerminalSize & { container?: string },
    options?: CallOptions,
  ): Promise<Response> =>
    this.#send('POST', `${this.#base}/pods/${pod}/terminals`, options, wanted);

  /** Types into a terminal of one's own. */
  typeIntoTerminal = async (
    pod: string,
    session: string,
    text: string,
    options?: CallOptions,
  ): Promise<void> => {
    const path = `${this.#base}/pods/${pod}/terminals/${session}/input`;
    await this.#send('POST', path, options, { text });
  };

  /** Says how large a terminal of one's own is now. */
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
