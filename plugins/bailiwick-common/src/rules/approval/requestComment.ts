import { z } from 'zod';
import { shownText } from '../../kinds/schema/scalars';

/** A comment that a person adds to a request. @public */
export const requestCommentSchema = z.strictObject({
  text: shownText(1000),
  requestsChanges: z.boolean().optional(),
});

/** A comment that a person adds to a request; an approver can request changes with it. @public */
export interface RequestComment {
  /** Plain text of at most 1,000 characters. */
  text: string;
  requestsChanges?: boolean;
}
