import type { Build } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Whether a build failed or was cancelled; its status contains the reason and the remedy. */
export function endedWithoutResult({ status }: Build): boolean {
  return status?.phase === 'Failed' || status?.phase === 'Cancelled';
}

/** Whether a build was cancelled because nothing needed it. */
export function wasSuperseded({ spec, status }: Build): boolean {
  return status?.phase === 'Cancelled' && !spec.cancelledBy;
}
