import {
  callHistorySchema,
  type CallHistory,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { lookup } from 'node:dns/promises';

const timeoutMs = 5_000;
/** Time for which answers are shared by viewers. */
const sharedMs = 5_000;

/** What the gateways counted. */
export interface Counted {
  /** One for each gateway that responded. */
  histories: CallHistory[];
  /** Gateways that did not respond, in sentences. */
  notes: string[];
}

/** Reads the call history of all gateways from their metrics ports. */
export class GatewayHistory {
  readonly #url: URL;
  readonly #shared = new Map<
    string,
    { at: number; answer: Promise<Counted> }
  >();

  /** @param url - address of the metrics port; a name with several addresses stands for several gateways */
  constructor(url: string) {
    this.#url = new URL(url);
  }

  /**
   * Returns the history of one app, or of all. Gateways that do not respond are named in a note.
   *
   * @param seconds - length of the slots
   */
  read(
    seconds: number,
    app?: { tenant: string; app: string },
  ): Promise<Counted> {
    const query = `?${new URLSearchParams({ seconds: `${seconds}`, ...app })}`;
    const now = Date.now();
    for (const [key, { at }] of this.#shared)
      if (now - at > sharedMs) this.#shared.delete(key);
    const shared = this.#shared.get(query);
    if (shared) return shared.answer;
    const answer = this.#readAll(query);
    this.#shared.set(query, { at: now, answer });
    return answer;
  }

  async #readAll(query: string): Promise<Counted> {
    let addresses: URL[];
    try {
      addresses = await this.#addresses();
    } catch (error) {
      return {
        histories: [],
        notes: [`The gateway can't be found: ${(error as Error).message}.`],
      };
    }
    const answers = await Promise.allSettled(
      addresses.map(address => readOne(address, query)),
    );
    const histories = answers.flatMap(answer =>
      answer.status === 'fulfilled' ? answer.value : [],
    );
    const [failure] = answers.flatMap(answer =>
      answer.status === 'rejected' ? (answer.reason as Error) : [],
    );
    return {
      histories,
      notes: failure
        ? [
            `Calls of ${answers.length - histories.length} of ${
              answers.length
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

async function readOne(address: URL, query: string): Promise<CallHistory> {
  const base = address.href.replace(/\/$/, '');
  const response = await fetch(`${base}/calls${query}`, {
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: Error) => {
    const { cause } = error as { cause?: Error & { code?: string } };
    throw new Error(cause?.message || cause?.code || error.message);
  });
  if (!response.ok)
    throw new Error(`the gateway returned status ${response.status}`);
  const parsed = callHistorySchema.safeParse(
    await response.json().catch(() => undefined),
  );
  if (!parsed.success)
    throw new Error('the gateway has another version than the portal');
  return parsed.data;
}
