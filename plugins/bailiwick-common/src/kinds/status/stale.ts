import { z } from 'zod';
import { instantSchema } from '../schema/scalars';

/** Says that what is shown is what was last seen. */
export const staleSchema = z
  .object({
    since: instantSchema.describe(
      'When its cluster was last heard (RFC 3339).',
    ),
    why: z.string().describe('One sentence.'),
  })
  .describe(
    'Present while its cluster is away: all else is what was last seen.',
  );

/** Since when and why what is shown is what was last seen. */
export type Stale = z.output<typeof staleSchema>;
