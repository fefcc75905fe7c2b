import type { Asked, Passage, Verb } from './Passage';

/**
 * Changes one line of a watch; gives the lines to send instead of it.
 *
 * @param send - sends a line later
 */
export type FrameFault = (
  line: string,
  send: (line: string) => void,
) => string[] | Promise<string[]>;

/** What is done to a request instead of passing it on. */
export type Fault =
  /** Passes it on after a while. */
  | { type: 'delay'; milliseconds: number }
  /** Breaks the request off; the API server never hears of it. */
  | { type: 'refuse' }
  /** Takes it and never answers; the API server never hears of it. */
  | { type: 'swallow' }
  /** Breaks the request off after the API server has done it. */
  | { type: 'loseResponse' }
  /** Answers in place of the API server. */
  | { type: 'answer'; status: number; body?: object; retryAfter?: number }
  /** Answers a list, also a streamed one, from earlier; what came since is told later. */
  | { type: 'answerFrom'; earlier: Snapshot; holdMilliseconds: number }
  /** Has a list answered in pages of this many objects. */
  | { type: 'pages'; limit: number }
  /** Changes the frames of a watch. */
  | { type: 'frames'; name: string; change: () => FrameFault };

/** A list as it was once. */
export interface Snapshot {
  items: object[];
  resourceVersion: string;
}

/** Which requests meet a fault. All conditions must hold. */
export interface Rule {
  verb?: Verb | Verb[];
  resource?: string | string[];
  /** Name of the client, where several share a proxy. */
  client?: string;
  subresource?: string;
  namespace?: string | RegExp;
  name?: string | RegExp;
  /** Further conditions. */
  when?: (asked: Asked) => boolean;
  /** Only the n-th of the matching requests, from 1. */
  nth?: number;
  /** Only the first n of the matching requests. */
  first?: number;
  /** Only some of the matching requests, by the proxy's generator; from 0 to 1. */
  probability?: number;
  fault: Fault;
}

/** A rule and the requests it met; take it away with `remove`. */
export interface ActiveRule {
  /** Matching requests so far. */
  readonly seen: number;
  /** Requests on which the fault was put. */
  readonly hits: Passage[];
  remove(): void;
}

/** Whether a rule means a request, but for its counts. */
export function matches(rule: Rule, asked: Asked): boolean {
  return (
    isOneOf(rule.client, asked.client ?? '') &&
    isOneOf(rule.verb, asked.verb) &&
    isOneOf(rule.resource, asked.resource) &&
    (rule.subresource === undefined ||
      rule.subresource === (asked.subresource ?? '')) &&
    fits(rule.namespace, asked.namespace) &&
    fits(rule.name, asked.name) &&
    (rule.when?.(asked) ?? true)
  );
}

function isOneOf(wanted: string | string[] | undefined, given: string) {
  return wanted === undefined || [wanted].flat().includes(given);
}

function fits(wanted: string | RegExp | undefined, given = ''): boolean {
  if (wanted === undefined) return true;
  return typeof wanted === 'string' ? wanted === given : wanted.test(given);
}
