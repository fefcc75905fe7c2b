import { z } from 'zod';
import type { PrometheusOptions } from '../config';

const timeoutMs = 10_000;

const series = z.object({
  metric: z.record(z.string(), z.string()),
  value: z.tuple([z.number(), z.string()]).optional(),
  values: z.array(z.tuple([z.number(), z.string()])).optional(),
});

const answer = z.object({
  status: z.string(),
  error: z.string().optional(),
  data: z.object({ result: z.array(series) }).optional(),
});

/** Values by RFC 3339 time; values that are not numbers are omitted. */
export type Samples = [at: string, value: number][];

/** Client of a Prometheus, or of a compatible server (HTTP API v1). */
export class Prometheus {
  readonly #url: string;
  readonly #headers: Record<string, string>;
  /** Additional matchers for the series of this installation, in PromQL. */
  readonly matchers?: string;
  /** Over so long a rate is taken. */
  readonly window: string;

  constructor({
    headers = {},
    matchers,
    url,
    window = '2m',
  }: PrometheusOptions) {
    this.#url = url.replace(/\/+$/, '');
    this.#headers = headers;
    this.matchers = matchers;
    this.window = window;
  }

  /** Returns the current value of each pod, by name. @throws Error with a message for people */
  async byPod(query: string): Promise<Map<string, number>> {
    const found = await this.#ask('query', { query });
    return new Map(
      found.flatMap(({ metric, value }) => {
        const number = Number(value?.[1]);
        return metric.pod && Number.isFinite(number)
          ? [[metric.pod, number] as const]
          : [];
      }),
    );
  }

  /**
   * A single series of some time until now.
   *
   * @param step - seconds between two samples
   * @param from - seconds since 1970, and so is `to`
   * @throws Error in words for people
   */
  async range(
    query: string,
    { from, step, to }: { from: number; to: number; step: number },
  ): Promise<Samples> {
    const [one] = await this.#ask('query_range', {
      query,
      start: `${from}`,
      end: `${to}`,
      step: `${step}`,
    });
    return (one?.values ?? []).flatMap(([at, value]) => {
      const number = Number(value);
      return Number.isFinite(number)
        ? [[new Date(at * 1000).toISOString(), number] as [string, number]]
        : [];
    });
  }

  async #ask(what: string, parameters: Record<string, string>) {
    const response = await fetch(`${this.#url}/api/v1/${what}`, {
      method: 'POST',
      headers: this.#headers,
      body: new URLSearchParams(parameters),
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((error: Error) => {
      // The message of fetch is always the same.
      const { cause } = error as { cause?: Error & { code?: string } };
      throw new Error(cause?.message || cause?.code || error.message);
    });
    const said = parsed(await response.text());
    if (!said)
      throw new Error(`it returned status ${response.status} without JSON`);
    const { data, error = '', status } = said;
    if (!response.ok || status !== 'success' || !data)
      throw new Error(
        `it returned status ${response.status}${error && `: ${error}`}`,
      );
    return data.result;
  }
}

function parsed(text: string): z.output<typeof answer> | undefined {
  try {
    return answer.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
