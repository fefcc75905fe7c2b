import { z } from 'zod';

/** Resolutions of the gateway's call history: 3 hours by minute, 25 hours by quarter of an hour. */
export const historyResolutions = [
  { seconds: 60, slots: 180 },
  { seconds: 900, slots: 100 },
] as const;

/**
 * Returns the number of the slot at a time.
 *
 * @param now - milliseconds since 1970
 * @param seconds - length of the slots
 */
export function slotAt(now: number, seconds: number): number {
  return Math.floor(now / (seconds * 1_000));
}

/** Upper bounds of the latency buckets in seconds; the last bucket has no bound. */
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

/** Fields of a slot before its latency buckets: calls, errors, and the seconds and number of the timed calls. */
export const slotFields = 4;

const count = z.number().min(0);

const series = z.object({
  tenant: z.string(),
  environment: z.string(),
  app: z.string(),
  fn: z.string(),
  /** Slots with calls, oldest first. Slot `n` begins `n × seconds` after 1970. */
  slots: z.array(
    z
      .tuple([z.number().int()], count)
      .refine(slot => slot.length === 1 + slotFields + latencyBounds.length),
  ),
});

/** The call history of one gateway, as its metrics port serves it and its history file stores it. */
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

/** The call history of one gateway. */
export type CallHistory = z.output<typeof callHistorySchema>;
