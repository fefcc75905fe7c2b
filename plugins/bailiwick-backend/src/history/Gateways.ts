import { lookup } from 'node:dns/promises';
import type { z } from 'zod';

const timeoutMs = 5_000;

/** Note if there is no address of gateways. */
export const gatewaysNotConfigured =
  'Call statistics are not configured. Ask the platform team to set bailiwick.gateway.metricsUrl.';

/** Responses of the gateways. */
export interface GatewayAnswers<T> {
  /** One for each gateway that responded. */
  answers: T[];
  /** Gateways that did not respond, in sentences. */
  notes: string[];
}

/** Queries all gateways at their metrics ports. */
export class Gateways {
  readonly #url: URL;

  /** @param url - address of the metrics port; a name with several addresses means several gateways */
  constructor(url: string) {
    this.#url = new URL(url);
  }

  /**
   * Returns the JSON of a path from each gateway; never rejects.
   *
   * @param path - path and query
   * @param subject - what is missing if a gateway does not respond, such as `Calls`
   */
  async ask<T>(
    path: string,
    schema: z.ZodType<T>,
    subject: string,
  ): Promise<GatewayAnswers<T>> {
    let addresses: URL[];
    try {
      addresses = await this.#addresses();
    } catch (error) {
      return {
        answers: [],
        notes: [`The gateway can't be found: ${(error as Error).message}.`],
      };
    }
    const settled = await Promise.allSettled(
      addresses.map(address => askOne(address, path, schema)),
    );
    const answers = settled.flatMap(answer =>
      answer.status === 'fulfilled' ? [answer.value] : [],
    );
    const [failure] = settled.flatMap(answer =>
      answer.status === 'rejected' ? (answer.reason as Error) : [],
    );
    return {
      answers,
      notes: failure
        ? [
            `${subject} of ${settled.length - answers.length} of ${
              settled.length
            } gateways are missing: ${failure.message}.`,
          ]
        : [],
    };
  }

  /** Returns one address for each gateway. With TLS there is one, because certificates hold for names. */
  async #addresses(): Promise<URL[]> {
    if (this.#url.protocol === 'https:') return [this.#url];
    const found = await lookup(this.#url.hostname.replace(/^\[|\]$/g, ''), {
      all: true,
    });
    // A gateway with an IPv4 and an IPv6 address is one gateway.
    const family = found[0]?.family;
    return found
      .filter(one => one.family === family)
      .map(({ address }) => {
        const url = new URL(this.#url);
        url.hostname = family === 6 ? `[${address}]` : address;
        return url;
      });
  }
}

async function askOne<T>(
  address: URL,
  path: string,
  schema: z.ZodType<T>,
): Promise<T> {
  const base = address.href.replace(/\/$/, '');
  const response = await fetch(`${base}${path}`, {
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: Error) => {
    const { cause } = error as { cause?: Error & { code?: string } };
    throw new Error(cause?.message || cause?.code || error.message);
  });
  if (!response.ok)
    throw new Error(`the gateway returned status ${response.status}`);
  const parsed = schema.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success)
    throw new Error(
      'the gateway and the portal have different versions; ask the platform team to update them',
    );
  return parsed.data;
}
