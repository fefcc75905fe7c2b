import { requestStateOf } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Filters } from '../useFilters';

/** Questions by which requests are picked. */
export const requestFilters: Filters<RequestView> = {
  waiting: { title: 'Pending my approval', fits: ({ canDecide }) => canDecide },
  mine: { title: 'Mine', fits: ({ mine }) => mine },
  open: {
    title: 'Pending',
    fits: request => requestStateOf(request) === 'Pending',
  },
};
