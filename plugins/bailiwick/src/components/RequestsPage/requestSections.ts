import { isInProgress } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { RowSections } from '@bailiwick/backstage-plugin-bailiwick-react';

const titles = [
  'Pending your approval',
  'Your pending requests',
  'Other pending requests',
  'Closed',
] as const;

/** Sections of the inbox: requests that the reader can decide, the reader's own pending ones, and the rest. */
export const requestSections: RowSections<RequestView> = {
  titles,
  of: request => titles[rankOf(request)],
};

/** Orders requests as the inbox does, each section with the newest first. */
export function pendingFirst(a: RequestView, b: RequestView): number {
  const [younger, older] = [b, a].map(
    ({ metadata }) => metadata.creationTimestamp ?? '',
  );
  return rankOf(a) - rankOf(b) || younger.localeCompare(older);
}

function rankOf(request: RequestView): number {
  if (request.canDecide) return 0;
  if (!isInProgress(request)) return 3;
  return request.mine ? 1 : 2;
}
