import { z } from 'zod';

/** The health words of the portal; the same everywhere. */
export const healthWords = [
  'Healthy',
  'Progressing',
  'Degraded',
  'Failed',
  'Suspended',
  'Unknown',
] as const;

/** One of the health words. */
export const healthSchema = z.enum(healthWords);

/** One of the health words. */
export type Health = (typeof healthWords)[number];

/** The worst of several healths, `Unknown` for none. */
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
