import { z } from 'zod';

/** Health states, used in all parts of Bailiwick. @public */
export const healthWords = [
  'Healthy',
  'Progressing',
  'Degraded',
  'Failed',
  'Suspended',
  'Unknown',
] as const;

/** A health state. */
export const healthSchema = z.enum(healthWords);

/** A health state. @public */
export type Health = (typeof healthWords)[number];

/** Returns the worst of several health states; `Unknown` for none. @public */
export function worstHealth(healths: Health[]): Health {
  const order: Health[] = [
    'Failed',
    'Degraded',
    'Unknown',
    'Progressing',
    'Suspended',
    'Healthy',
  ];
  return order.find(health => healths.includes(health)) ?? 'Unknown';
}
