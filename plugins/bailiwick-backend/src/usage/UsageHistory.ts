import {
  historyResolutions,
  slotAt,
  SlotRing,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { z } from 'zod';

/** An app in an environment, by the environment's namespace. */
export interface UsagePlace {
  namespace: string;
  app: string;
}

/** Usage of an app's pods from one sample to the next. */
export interface UsageSample {
  /** Begin, milliseconds since 1970; equal to `to` when there was no sample before. */
  from: number;
  /** Time of the sample, milliseconds since 1970. */
  to: number;
  /** Mean CPU of the busiest pod, cores. */
  cores: number;
  /** Memory of the largest pod, bytes. */
  memory: number;
}

/** Usage of an app's pods in a time slot. */
export interface UsageSlot {
  /** Slot `n` begins `n × seconds` after 1970. */
  slot: number;
  /** Mean CPU of the busiest pod, cores; absent when it was sampled for the first time. */
  cores?: number;
  /** Peak memory of the largest pod, bytes. */
  memory: number;
}

/** Figures of a slot: seconds that samples cover, core seconds of the busiest pod, peak memory in bytes. */
const figures = 3;
const [covered, coreSeconds, memory] = [0, 1, 2];

/** Slots of each resolution of one place, as they are stored: number of the slot and its figures. */
export const storedUsageSchema = z.array(
  z.array(
    z
      .tuple([z.number().int()], z.number().min(0))
      // Earlier versions stored the rows of the pods before the memory.
      .transform(slot =>
        slot.length === 2 + figures
          ? (slot.toSpliced(1 + memory, 1) as typeof slot)
          : slot,
      )
      .refine(slot => slot.length === 1 + figures),
  ),
);

/** Slots of each resolution of one place, as they are stored. */
export type StoredUsage = z.output<typeof storedUsageSchema>;

/** Apps in environments that are remembered at most. */
const mostPlaces = 5_000;

/**
 * Usage of pods in ring buffers of fixed size: about 7 KB for each app and environment, however many pods it has.
 * Beyond 5,000, the one that was not sampled for the longest time is dropped.
 */
export class UsageHistory {
  /** Least recently sampled first. */
  readonly #places = new Map<string, SlotRing[]>();

  /** Adds a sample. Its CPU is spread over the slots from the previous sample on. */
  record(place: UsagePlace, sample: UsageSample): void {
    const { from, to } = sample;
    const rings = this.#ringsOf(keyOf(place));
    historyResolutions.forEach(({ seconds }, position) => {
      const ring = rings[position];
      const last = slotAt(to, seconds);
      for (let slot = slotAt(from, seconds); slot <= last; slot++) {
        const begin = Math.max(from, slot * seconds * 1_000);
        const end = Math.min(to, (slot + 1) * seconds * 1_000);
        const length = (end - begin) / 1_000;
        ring.raise(slot, memory, sample.memory);
        if (length <= 0) continue;
        ring.add(slot, covered, length);
        ring.add(slot, coreSeconds, length * sample.cores);
      }
    });
  }

  /**
   * Returns the slots of a place that have samples, oldest first.
   *
   * @param seconds - length of the slots
   */
  read(place: UsagePlace, seconds: number, now = Date.now()): UsageSlot[] {
    const position = historyResolutions.findIndex(
      one => one.seconds === seconds,
    );
    const ring = this.#places.get(keyOf(place))?.[position];
    return (ring?.filled(slotAt(now, seconds)) ?? []).map(
      ([slot, ...values]) => ({
        slot,
        memory: values[memory],
        ...(values[covered] > 0 && {
          cores: values[coreSeconds] / values[covered],
        }),
      }),
    );
  }

  /** Yields everything, by place, to be stored. Places without a sample in 25 hours are forgotten. */
  *store(now = Date.now()): Generator<[key: string, stored: StoredUsage]> {
    for (const [key, rings] of [...this.#places]) {
      const slots = rings.map((ring, position) =>
        ring.filled(slotAt(now, historyResolutions[position].seconds)),
      );
      if (slots.some(one => one.length > 0))
        yield [key, slots.map(one => one.map(rounded))];
      else this.#places.delete(key);
    }
  }

  /** Adds the stored usage of a place. */
  restore(key: string, stored: StoredUsage): void {
    const rings = this.#ringsOf(key);
    stored.slice(0, rings.length).forEach((slots, position) => {
      for (const [slot, ...values] of slots)
        values.forEach((value, figure) =>
          figure === memory
            ? rings[position].raise(slot, figure, value)
            : rings[position].add(slot, figure, value),
        );
    });
  }

  #ringsOf(key: string): SlotRing[] {
    const rings =
      this.#places.get(key) ??
      historyResolutions.map(({ slots }) => new SlotRing(slots, figures));
    this.#places.delete(key);
    this.#places.set(key, rings);
    if (this.#places.size > mostPlaces)
      this.#places.delete(this.#places.keys().next().value!);
    return rings;
  }
}

function keyOf({ app, namespace }: UsagePlace): string {
  return `${namespace}/${app}`;
}

/** Rounds figures to five significant digits, which halves the stored text. */
function rounded([slot, ...values]: StoredUsage[number][number]) {
  return [
    slot,
    ...values.map(value => Number(value.toPrecision(5))),
  ] as StoredUsage[number][number];
}
