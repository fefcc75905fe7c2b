import { defaultLogLines } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { z } from 'zod';

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform(text => text === 'true');

const count = (most: number) => z.coerce.number().int().min(1).max(most);

/** Query parameters that select a part of a log. */
export const logQuery = z.object({
  /** Only this pod; all pods of the app when absent. */
  pod: z.string().max(253).optional(),
  container: z.string().max(63).optional(),
  /** The run of the container before the one now. */
  previous: flag,
  /** Lines. */
  tail: count(5_000).default(defaultLogLines),
  /** Seconds back from now. */
  since: count(31_536_000).optional(),
});

/** The selected part of a log. */
export type LogSelection = z.output<typeof logQuery>;
