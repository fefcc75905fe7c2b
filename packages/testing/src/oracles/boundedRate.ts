import { identityOf, isWrite, type Passage } from '../proxy';
import type { Violation } from './oracles';

/** Maximum number of requests of a client per second; five times as many within ten seconds. */
export interface RateLimits {
  /** Of all kinds together. */
  total: number;
  /** Of one verb on one kind of object. */
  perCall: number;
  /** Attempts to write one object. */
  perObject: number;
}

/** Lengths of the windows, in milliseconds, and which part of a second's worth each second may hold. */
const windows = [
  { length: 1000, share: 1 },
  // What lasts is held to less than a burst.
  { length: 10_000, share: 0.5 },
];

/**
 * O7: never more requests than allowed in any window of time: of all, of each kind of call, and of
 * writes of each object.
 */
export function boundedRate(
  passages: Passage[],
  { total, perCall, perObject }: RateLimits,
): Violation[] {
  const groups: [string, number, Passage[]][] = [
    ['requests', total, passages],
    ...grouped(
      passages,
      perCall,
      ({ verb, resource }) => `${verb} ${resource}`,
    ),
    ...grouped(
      passages.filter(isWrite),
      perObject,
      one => `${one.verb} ${identityOf(one)} ${one.subresource ?? ''}`,
    ),
  ];
  return groups.flatMap(([what, most, of]) =>
    windows.flatMap(({ length, share }) => {
      const allowed = Math.ceil((most * share * length) / 1000);
      const found = mostWithin(of, length);
      return found > allowed
        ? [`O7: ${found} times ${what} within ${length} ms, not ${allowed}`]
        : [];
    }),
  );
}

function grouped(
  passages: Passage[],
  most: number,
  keyOf: (passage: Passage) => string,
): [string, number, Passage[]][] {
  const groups = new Map<string, Passage[]>();
  for (const passage of passages) {
    const key = keyOf(passage);
    groups.set(key, [...(groups.get(key) ?? []), passage]);
  }
  return [...groups].map(([key, of]) => [key, most, of]);
}

/** Most requests in any window of a length. */
export function mostWithin(passages: Passage[], length: number): number {
  const times = passages.map(({ at }) => at).sort((a, b) => a - b);
  let first = 0;
  let most = 0;
  for (let last = 0; last < times.length; last += 1) {
    while (times[last] - times[first] >= length) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
