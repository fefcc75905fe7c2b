import type { ChangeRequest } from '../../kinds/changeRequest';
import { isUndecided } from './isUndecided';

/** Whether an approver has requested changes of a request that is still pending. @public */
export function changesRequested({
  status,
}: Pick<ChangeRequest, 'status'>): boolean {
  const { comments = [] } = status ?? {};
  return (
    isUndecided({ status }) &&
    comments.some(({ requestsChanges }) => requestsChanges)
  );
}
