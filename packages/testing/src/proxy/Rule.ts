import type { Fault } from './Fault';
import type { Asked, Passage, Verb } from './Passage';

/** Selects the requests that meet a fault. All conditions must hold. */
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
