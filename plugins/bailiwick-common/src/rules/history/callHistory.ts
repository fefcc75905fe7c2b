import { z } from 'zod';

/** Resolutions of the gateway's call history: 3 hours by minute, 25 hours by quarter of an hour. @public */
export const historyResolutions = [
  { seconds: 60, slots: 180 },
  { seconds: 900, slots: 100 },
] as const;

/**
 * Returns the number of the slot at a time.
 *
 * @param now - milliseconds since 1970
 * @param seconds - length of the slots
 * @public
 */
export function slotAt(now: number, seconds: number): number {
  return Math.floor(now / (seconds * 1_000));
}

/** Upper bounds of the latency buckets in seconds; the last bucket has no bound. @public */
export const latencyBounds = [
  0.025,
  0.1,
  0.25,
  0.5,
  1,
  2.5,
  10,
  Infinity,
] as const;

/** Positions of the figures of a slot. @public */
export const slotFigures = {
  calls: 0,
  errors: 1,
  /** Seconds of the timed calls. */
  seconds: 2,
  /** Number of calls with a time; streams have none. */
  timed: 3,
  /** First of the latency buckets. */
  buckets: 4,
  rows: 4 + latencyBounds.length,
} as const;

/** Number of figures of a slot. @public */
export const slotWidth = slotFigures.rows + 1;

const count = z.number().min(0);

const series = z.object({
  tenant: z.string(),
  environment: z.string(),
  app: z.string(),
  fn: z.string(),
  /**
   * Slots with calls, oldest first: number and figures. Slot `n` begins `n × seconds` after 1970. A history file of an
   * earlier gateway has no rows.
   */
  slots: z.array(
    z
      .tuple([z.number().int()], count)
      .refine(({ length }) => length === slotWidth || length === 1 + slotWidth),
  ),
});

/** The call history of one gateway, as its metrics port serves it and its history file stores it. @public */
export const callHistorySchema = z.object({
  resolutions: z.array(
    z.object({
      seconds: z.number().int().positive(),
      /** Slots in which the gateway ran, as ranges: first and last slot. Others are unknown. */
      known: z.array(z.tuple([z.number().int(), z.number().int()])),
      series: z.array(series),
    }),
  ),
});

/** The call history of one gateway. @public */
export type CallHistory = z.output<typeof callHistorySchema>;
