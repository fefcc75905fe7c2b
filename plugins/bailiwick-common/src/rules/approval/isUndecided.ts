import type { ChangeRequest } from '../../kinds/changeRequest';
import { requestStateOf } from './requestState';

/** Whether a request is pending: no one has decided or withdrawn it, and it has not expired. @public */
export function isUndecided(request: Pick<ChangeRequest, 'status'>): boolean {
  return requestStateOf(request) === 'Pending' && !request.status?.verdict;
}
