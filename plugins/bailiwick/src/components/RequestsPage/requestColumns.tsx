import {
  describeRequest,
  requestStateOf,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  Age,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Name } from '../Name';
import { RequestStateChips } from './RequestStateChips';
import { RequestSummary } from './RequestSummary';

/** Columns of a list of requests. */
export const requestColumns: TableColumn<RequestView>[] = [
  {
    title: 'Request',
    text: request => `${describeRequest(request)} ${request.spec.reason}`,
    cell: request => <RequestSummary request={request} />,
  },
  {
    title: 'State',
    width: '23%',
    text: requestStateOf,
    cell: request => <RequestStateChips request={request} />,
  },
  {
    title: 'Requested by',
    width: '20%',
    text: ({ spec }) => spec.requestedBy,
    cell: ({ spec }) => <Name of={spec.requestedBy} />,
  },
  {
    title: 'Age',
    width: '13%',
    align: 'right',
    text: ({ metadata }) => metadata.creationTimestamp ?? '',
    cell: ({ metadata }) => <Age at={metadata.creationTimestamp} />,
  },
];
