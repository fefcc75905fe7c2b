import { identityOf, isCommitted, type Passage } from '../proxy';
import type { Violation } from './oracles';

/** From when to when a write was under way. */
interface Write {
  client: string;
  what: string;
  from: number;
  to: number;
}

/**
 * O6: two processes never write at the same time. Judged by the sender of each write in order of time, with changes of
 * the lease among the writes:
 * - with a lease, only its current holder writes;
 * - a process that wrote before another one never writes again without renewing its claim to the lease.
 *
 * @param passages - of all processes; `client` distinguishes them
 */
export function oneWriter(passages: Passage[]): Violation[] {
  const committed = passages
    .filter(isCommitted)
    .sort((a, b) => a.at - b.at || endOf(a) - endOf(b));
  const takings = committed.filter(
    ({ resource, holder }) => resource === 'leases' && holder,
  );
  const writes = committed
    .filter(({ resource }) => resource !== 'leases')
    .map(toWrite);
  return takings.length > 0
    ? byLease(writes, tenures(takings))
    : [...inTurns(writes), ...overlapping(writes)];
}

/** One process's time with the lease, until another one has it. */
interface Tenure {
  client: string;
  /** When it asked for the lease: not before it had it. */
  from: number;
  /** When the next one certainly had the lease. */
  to: number;
}

function tenures(takings: Passage[]): Tenure[] {
  const found: Tenure[] = [];
  for (const taking of takings) {
    const client = taking.client ?? '';
    const last = found.at(-1);
    if (last?.client === client) continue;
    if (last) last.to = endOf(taking);
    found.push({ client, from: taking.at, to: Infinity });
  }
  return found;
}

function byLease(writes: Write[], all: Tenure[]): Violation[] {
  return [
    ...writes.flatMap(write => {
      const { client, from, to, what } = write;
      const holds = all.some(
        one => one.client === client && one.from <= to && from < one.to,
      );
      return holds ? [] : [`O6: ${client} wrote ${what} without the lease`];
    }),
    ...overlapping(writes),
  ];
}

/** Without a lease each process writes in one piece. */
function inTurns(writes: Write[]): Violation[] {
  const over = new Set<string>();
  let current: string | undefined;
  return writes.flatMap(({ client, what }) => {
    if (client === current) return [];
    if (current !== undefined) over.add(current);
    current = client;
    return over.has(client)
      ? [`O6: ${client} wrote ${what} after another one had begun`]
      : [];
  });
}

/** A write that was still under way when another process began to write. */
function overlapping(writes: Write[]): Violation[] {
  const found: Violation[] = [];
  // From the end, so that the next write of another process is known at each.
  let next: Write | undefined;
  let nextOfOther: Write | undefined;
  for (const write of [...writes].reverse()) {
    if (next && next.client !== write.client) nextOfOther = next;
    if (nextOfOther && nextOfOther.from < write.to)
      found.unshift(
        `O6: ${nextOfOther.client} wrote ${nextOfOther.what} while ${write.client} wrote ${write.what}`,
      );
    next = write;
  }
  return found;
}

function toWrite(passage: Passage): Write {
  const { at, client = '' } = passage;
  return {
    client,
    what: `${passage.verb} ${identityOf(passage)}`,
    from: at,
    to: endOf(passage),
  };
}

function endOf({ at, done = at }: Passage): number {
  return done;
}
