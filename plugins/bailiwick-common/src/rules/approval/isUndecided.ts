import type { ChangeRequest } from '../../kinds/changeRequest';

/** Whether a request is pending: no one has decided or withdrawn it, and it has not expired. */
export function isUndecided({
  status,
}: Pick<ChangeRequest, 'status'>): boolean {
  return (status?.phase ?? 'Open') === 'Open' && !status?.verdict;
}
