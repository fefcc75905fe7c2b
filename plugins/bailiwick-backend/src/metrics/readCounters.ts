/** Counters of a pod since its start. */
export interface Counters {
  calls: number;
  errors: number;
  rows: number;
  /** Seconds of all calls that ended, and how many they are. */
  seconds: number;
  ended: number;
  /** Ended calls that took at most so many seconds. */
  buckets: Map<number, number>;
  /** Processor seconds. */
  cpu?: number;
  /** Bytes in memory now. */
  memory?: number;
  /** Calls and streams that are running now. */
  running: number;
}

/** Types of errors that readers cause, as a regular expression: they do not mean that an app fails. */
export const errorsOfReaders = 'invalid-parameter|too-many-rows';

const sample =
  /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})?[ \t]+(-?[0-9.eE+]+|\+Inf|NaN)/;
const ofReader = new RegExp(`(?:^|,)type="(?:${errorsOfReaders})"`);
const bound = /(?:^|,)le="([^"]*)"/;

/** Parses the runtime's `/metrics` (Prometheus text format 0.0.4); unknown series are ignored. */
export function readCounters(text: string): Counters {
  const counters: Counters = {
    calls: 0,
    errors: 0,
    rows: 0,
    seconds: 0,
    ended: 0,
    running: 0,
    buckets: new Map(),
  };
  for (const line of text.split('\n')) {
    const [, name, labels = '', digits] = sample.exec(line) ?? [];
    const value = Number(digits);
    if (name && Number.isFinite(value)) add(counters, name, labels, value);
  }
  return counters;
}

function add(
  counters: Counters,
  name: string,
  labels: string,
  value: number,
): void {
  if (name === 'bailiwick_calls_total') counters.calls += value;
  if (name === 'bailiwick_call_errors_total' && !ofReader.test(labels))
    counters.errors += value;
  if (name === 'bailiwick_rows_total') counters.rows += value;
  if (name === 'bailiwick_call_duration_seconds_sum') counters.seconds += value;
  if (name === 'bailiwick_call_duration_seconds_count') counters.ended += value;
  if (name === 'process_cpu_seconds_total') counters.cpu = value;
  if (name === 'process_resident_memory_bytes') counters.memory = value;
  if (name === 'bailiwick_calls_in_flight') counters.running += value;
  if (name !== 'bailiwick_call_duration_seconds_bucket') return;
  const most = Number(bound.exec(labels)?.[1]?.replace('+Inf', 'Infinity'));
  if (!Number.isNaN(most))
    counters.buckets.set(most, (counters.buckets.get(most) ?? 0) + value);
}

/** Returns the increase since an earlier sample; a restarted pod counts from zero. */
export function since(now: Counters, before: Counters | undefined): Counters {
  if (!before || now.calls < before.calls || now.ended < before.ended)
    return now;
  const buckets = [...now.buckets].map(
    ([most, count]) => [most, count - (before.buckets.get(most) ?? 0)] as const,
  );
  return {
    ...now,
    calls: now.calls - before.calls,
    errors: now.errors - before.errors,
    rows: now.rows - before.rows,
    seconds: now.seconds - before.seconds,
    ended: now.ended - before.ended,
    buckets: new Map(buckets),
  };
}

/** All pods together. */
export function sumOf(all: Counters[]): Counters {
  const total = readCounters('');
  for (const one of all) {
    total.calls += one.calls;
    total.errors += one.errors;
    total.rows += one.rows;
    total.seconds += one.seconds;
    total.ended += one.ended;
    for (const [most, count] of one.buckets)
      total.buckets.set(most, (total.buckets.get(most) ?? 0) + count);
  }
  return total;
}

/** Returns a quantile of the call latency in seconds, estimated from buckets; `undefined` without calls. */
export function quantile(
  { buckets, ended }: Pick<Counters, 'buckets' | 'ended'>,
  share: number,
): number | undefined {
  if (ended <= 0) return undefined;
  const wanted = share * ended;
  let [from, below] = [0, 0];
  for (const [most, count] of [...buckets].sort(([a], [b]) => a - b)) {
    if (count >= wanted) {
      const part = count > below ? (wanted - below) / (count - below) : 1;
      return most === Infinity ? from : from + (most - from) * part;
    }
    [from, below] = [most, count];
  }
  return from;
}
