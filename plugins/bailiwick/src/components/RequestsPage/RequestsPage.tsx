import { Link, LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  RelativeTime,
  useLiveList,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import Alert from '@material-ui/lab/Alert';
import { useSearchParams } from 'react-router-dom';
import { requestTenantRouteRef } from '../../routes';
import { ListPage } from '../ListPage';
import { requestWords } from './requestWords';
import { RequestDrawer } from './RequestDrawer';

const columns: TableColumn<RequestView>[] = [
  {
    title: 'Request',
    text: requestWords,
    cell: request => (
      <Link to={`?request=${request.metadata.name}`}>
        {requestWords(request)}
      </Link>
    ),
  },
  {
    title: 'State',
    text: ({ mayDecide, status }) =>
      mayDecide ? 'Waits for you' : status?.phase ?? 'Open',
  },
  { title: 'Reason', text: ({ spec }) => spec.reason },
  {
    title: 'Asked by',
    text: ({ spec }) => spec.requestedBy,
    cell: ({ spec }) => <EntityRefLink entityRef={spec.requestedBy} />,
  },
  {
    title: 'Asked',
    text: ({ metadata }) => metadata.creationTimestamp ?? '',
    cell: ({ metadata }) => <RelativeTime at={metadata.creationTimestamp} />,
  },
];

function newestFirst(a: RequestView, b: RequestView): number {
  const [younger, older] = [b, a].map(
    ({ metadata }) => metadata.creationTimestamp ?? '',
  );
  return younger.localeCompare(older);
}

/** What waits for me? */
export function RequestsPage() {
  const requests = useLiveList<RequestView>('/requests');
  const [params, setParams] = useSearchParams();
  const wanted = params.get('request');
  const opened = requests.value?.find(
    ({ metadata }) => metadata.name === wanted,
  );
  const close = () =>
    setParams(before => {
      before.delete('request');
      return before;
    });
  return (
    <ListPage
      title="Requests"
      question="What waits for you first, then what you asked for and what others decided"
      list={requests}
      columns={columns}
      idOf={({ metadata }) => metadata.name}
      sort={(a, b) =>
        Number(b.mayDecide) - Number(a.mayDecide) || newestFirst(a, b)
      }
      action={
        <LinkButton
          to={useRouteRef(requestTenantRouteRef)()}
          variant="contained"
          color="primary"
        >
          Request a tenant
        </LinkButton>
      }
      empty={{
        title: 'No requests',
        text: 'What you asked for, and what others ask you to decide, shows here.',
      }}
      notice={
        wanted &&
        requests.value &&
        !opened && (
          <Alert severity="warning" onClose={close}>
            There is no such request: {wanted}. It does not exist any more, or
            it is not yours to see. All that you may see is here.
          </Alert>
        )
      }
    >
      {opened && <RequestDrawer request={opened} onClose={close} />}
    </ListPage>
  );
}
