import {
  callHistorySchema,
  type CallHistory,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { Gateways } from './Gateways';

/** Time for which answers are shared by viewers. */
const sharedMs = 5_000;

/** Call histories of the gateways. */
export interface Counted {
  /** One for each gateway that responded. */
  histories: CallHistory[];
  /** Gateways that did not respond, in sentences. */
  notes: string[];
}

/** Reads the call history of all gateways. */
export class GatewayHistory {
  readonly #gateways: Gateways;
  readonly #shared = new Map<
    string,
    { at: number; answer: Promise<Counted> }
  >();

  constructor(gateways: Gateways) {
    this.#gateways = gateways;
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
    const answer = this.#gateways
      .ask(`/calls${query}`, callHistorySchema, 'Calls')
      .then(({ answers, notes }) => ({ histories: answers, notes }));
    this.#shared.set(query, { at: now, answer });
    return answer;
  }
}
