import type { ChangeRequest } from '../../kinds/changeRequest';

/** Whether an approver has requested changes of a request that is still pending. */
export function changesRequested({
  status,
}: Pick<ChangeRequest, 'status'>): boolean {
  const { comments = [], phase = 'Open', verdict } = status ?? {};
  return (
    phase === 'Open' &&
    !verdict &&
    comments.some(({ requestsChanges }) => requestsChanges)
  );
}
