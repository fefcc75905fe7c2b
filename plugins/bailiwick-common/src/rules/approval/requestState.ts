import type { ChangeRequest } from '../../kinds/changeRequest';

type Phase = NonNullable<NonNullable<ChangeRequest['status']>['phase']>;

/** State of a request, the same word on all pages and in notifications. @public */
export type RequestState =
  | 'Pending'
  | 'Approved'
  | 'Denied'
  | 'Withdrawn'
  | 'Expired'
  | 'Completed'
  | 'Failed';

/** State of each phase. */
const states: Record<Phase, RequestState> = {
  Open: 'Pending',
  Approved: 'Approved',
  Denied: 'Denied',
  Withdrawn: 'Withdrawn',
  Expired: 'Expired',
  Applied: 'Completed',
  Failed: 'Failed',
};

/** Returns the state of a request; one without a status is pending. @public */
export function requestStateOf({
  status,
}: Pick<ChangeRequest, 'status'>): RequestState {
  return states[status?.phase ?? 'Open'];
}

/** Whether a request waits for a decision or is being carried out; one without a status waits. @public */
export function isInProgress({
  status,
}: {
  status?: { phase?: Phase };
}): boolean {
  return ['Open', 'Approved'].includes(status?.phase ?? 'Open');
}
