import { z } from 'zod';
import { instantSchema } from '../schema/scalars';

/** Says that what is shown is what was last seen. */
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

/** Since when and why what is shown is what was last seen. */
export type Stale = z.output<typeof staleSchema>;
