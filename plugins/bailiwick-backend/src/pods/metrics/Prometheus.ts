import { z } from 'zod';

const patience = 10_000;

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

/** Times of RFC 3339 with their numbers; what is no number is left out. */
export type Samples = [at: string, value: number][];

/** Asks a Prometheus, or what speaks as it does (its HTTP API v1). */
export class Prometheus {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  /** @param url - its address, with the path of a proxy but without `/api/v1` */
  constructor({
    headers = {},
    url,
  }: {
    url: string;
    headers?: Record<string, string>;
  }) {
    this.#url = url.replace(/\/+$/, '');
    this.#headers = headers;
  }

  /** What each pod has now, by name. @throws Error in words for people */
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
      signal: AbortSignal.timeout(patience),
    });
    const text = await response.text();
    const { data, error, success } = parsed(text);
    if (!response.ok || !success || !data)
      throw new Error(`it answers ${response.status}${error && `: ${error}`}`);
    return data.result;
  }
}

function parsed(text: string) {
  try {
    const { data, error = '', status } = answer.parse(JSON.parse(text));
    return { data, error, success: status === 'success' };
  } catch {
    return { error: '', success: false };
  }
}
