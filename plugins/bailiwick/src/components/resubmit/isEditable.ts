import { isUndecided } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Parameter of addresses: name of the request that a form edits. */
export const editParameter = 'edit';

/** Whether the reader can replace a request: it is their own, and no one has decided it. */
export function isEditable(request: RequestView | undefined): boolean {
  return Boolean(request?.mine && isUndecided(request));
}

/** Explains that a request cannot be edited, with the reason. */
export const notEditable =
  'You can’t edit this request: it isn’t yours, or it is no longer pending.';
