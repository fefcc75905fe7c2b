import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { describeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  RelativeTime,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { RequestLink } from './RequestLink';
import { phaseOf, phaseWords } from './RequestState';

/** What a list of requests shows of each. */
export const requestColumns: TableColumn<RequestView>[] = [
  {
    title: 'Request',
    text: describeRequest,
    cell: request => <RequestLink request={request} />,
  },
  {
    title: 'State',
    text: request =>
      request.mayDecide
        ? 'Pending your approval'
        : phaseWords[phaseOf(request)],
  },
  { title: 'Reason', text: ({ spec }) => spec.reason },
  {
    title: 'Requested by',
    text: ({ spec }) => spec.requestedBy,
    cell: ({ spec }) => <EntityRefLink entityRef={spec.requestedBy} />,
  },
  {
    title: 'Requested',
    text: ({ metadata }) => metadata.creationTimestamp ?? '',
    cell: ({ metadata }) => <RelativeTime at={metadata.creationTimestamp} />,
  },
];

/** Orders requests: those pending the reader's approval first, then those in progress, each group with the newest first. */
export function pendingFirst(a: RequestView, b: RequestView): number {
  const [younger, older] = [b, a].map(
    ({ metadata }) => metadata.creationTimestamp ?? '',
  );
  return rank(a) - rank(b) || younger.localeCompare(older);
}

function rank(request: RequestView): number {
  if (request.mayDecide) return 0;
  return ['Open', 'Approved'].includes(phaseOf(request)) ? 1 : 2;
}
