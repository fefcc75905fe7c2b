import { z } from 'zod';
import { instantSchema } from '../schema/scalars';

/** Marks a status as the last known one. @public */
export const staleSchema = z
  .object({
    since: instantSchema.describe(
      'Last time the cluster responded (RFC 3339).',
    ),
    why: z.string().describe('Message in one sentence.'),
  })
  .describe(
    'Present while the cluster is unreachable; all other fields show the last known state.',
  );

/** Time and reason since which a status is the last known one. @public */
export type Stale = z.output<typeof staleSchema>;
