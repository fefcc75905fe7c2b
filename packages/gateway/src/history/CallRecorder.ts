import {
  historyResolutions,
  latencyBounds,
  slotAt,
  slotFigures,
  SlotRing,
  slotWidth,
  type CallHistory,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** A function that is called. */
export interface CalledFunction {
  tenant: string;
  environment: string;
  app: string;
  fn: string;
}

/** A call that was answered. */
export interface AnsweredCall {
  /** Whether the app or the gateway failed, and not the reader. */
  isError: boolean;
  /** Time until the response was complete; absent for streams. */
  seconds?: number;
}

/** Selects a part of the history. */
export interface HistoryFilter {
  /** One app, given with its tenant. */
  app?: Pick<CalledFunction, 'tenant' | 'app'>;
  /** One resolution, by the length of its slots. */
  seconds?: number;
}

interface Series {
  of: CalledFunction;
  rings: SlotRing[];
}

/** Functions whose calls are counted at most. */
const mostSeries = 2_000;

/**
 * Counts calls per function and environment in ring buffers of fixed size: about 29 KB per function, whatever the
 * traffic. Beyond 2,000 functions, the function that was not called for the longest time is dropped.
 */
export class CallRecorder {
  /** Least recently called first. */
  readonly #series = new Map<string, Series>();
  readonly #known = historyResolutions.map(() => new Set<number>());

  /**
   * Counts a call.
   *
   * @param now - milliseconds since 1970
   */
  record(
    of: CalledFunction,
    { isError, seconds }: AnsweredCall,
    now = Date.now(),
  ): void {
    this.#addTo(of, now, (ring, slot) => {
      ring.add(slot, slotFigures.calls, 1);
      if (isError) ring.add(slot, slotFigures.errors, 1);
      if (seconds === undefined) return;
      ring.add(slot, slotFigures.seconds, seconds);
      ring.add(slot, slotFigures.timed, 1);
      const bucket = latencyBounds.findIndex(bound => seconds <= bound);
      ring.add(slot, slotFigures.buckets + bucket, 1);
    });
  }

  /**
   * Counts rows that are sent to a reader.
   *
   * @param now - milliseconds since 1970
   */
  recordRows(of: CalledFunction, rows: number, now = Date.now()): void {
    if (rows <= 0) return;
    this.#addTo(of, now, (ring, slot) =>
      ring.add(slot, slotFigures.rows, rows),
    );
  }

  /** Notes that the gateway runs now, so that a time without calls is known to have none. */
  tick(now = Date.now()): void {
    historyResolutions.forEach(({ seconds, slots }, position) => {
      const slot = slotAt(now, seconds);
      const known = this.#known[position];
      if (known.has(slot)) return;
      known.add(slot);
      for (const one of known) if (one <= slot - slots) known.delete(one);
    });
  }

  /** Returns the history, of one app or of all. */
  read(
    { app: wanted, seconds: length }: HistoryFilter = {},
    now = Date.now(),
  ): CallHistory {
    const chosen = [...this.#series.values()].filter(
      ({ of: { app, tenant } }) =>
        !wanted || (wanted.tenant === tenant && wanted.app === app),
    );
    return {
      resolutions: historyResolutions.flatMap(({ seconds }, position) =>
        length !== undefined && length !== seconds
          ? []
          : {
              seconds,
              known: rangesOf(this.#known[position]),
              series: chosen.map(({ of, rings }) => ({
                ...of,
                slots: rings[position].filled(slotAt(now, seconds)),
              })),
            },
      ),
    };
  }

  /** Adds the history of an earlier gateway. */
  restore({ resolutions }: CallHistory): void {
    historyResolutions.forEach(({ seconds }, position) => {
      const stored = resolutions.find(one => one.seconds === seconds);
      for (const [first, last] of stored?.known ?? [])
        for (let slot = first; slot <= last; slot++)
          this.#known[position].add(slot);
      for (const { slots, ...of } of stored?.series ?? []) {
        const ring = this.#seriesOf(of).rings[position];
        for (const [slot, ...figures] of slots)
          figures.forEach((amount, figure) => ring.add(slot, figure, amount));
      }
    });
  }

  /** Adds to the present slot of each resolution. */
  #addTo(
    of: CalledFunction,
    now: number,
    add: (ring: SlotRing, slot: number) => void,
  ): void {
    this.tick(now);
    const { rings } = this.#seriesOf(of);
    historyResolutions.forEach(({ seconds }, position) =>
      add(rings[position], slotAt(now, seconds)),
    );
  }

  #seriesOf(of: CalledFunction): Series {
    const { app, environment, fn, tenant } = of;
    const key = `${tenant}/${environment}/${app}/${fn}`;
    const series = this.#series.get(key) ?? {
      of: { tenant, environment, app, fn },
      rings: historyResolutions.map(
        ({ slots }) => new SlotRing(slots, slotWidth),
      ),
    };
    this.#series.delete(key);
    this.#series.set(key, series);
    if (this.#series.size > mostSeries)
      this.#series.delete(this.#series.keys().next().value!);
    return series;
  }
}

/** Returns consecutive numbers as ranges. */
function rangesOf(numbers: Set<number>): [first: number, last: number][] {
  const ranges: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range && range[1] === number - 1) range[1] = number;
    else ranges.push([number, number]);
  }
  return ranges;
}
