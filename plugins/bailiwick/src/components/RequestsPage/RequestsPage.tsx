import { Link, LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  LiveContent,
  LiveMark,
  NothingYet,
  RelativeTime,
  SearchableTable,
  useLiveList,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useSearchParams } from 'react-router-dom';
import { requestTenantRouteRef } from '../../routes';
import { PageFrame } from '../PageFrame';
import { actionWords } from './actionWords';
import { RequestDrawer } from './RequestDrawer';

const columns: TableColumn<RequestView>[] = [
  {
    title: 'Request',
    text: ({ spec }) => `${actionWords[spec.action]} ${spec.target.name}`,
    cell: ({ metadata, spec }) => (
      <Link to={`?request=${metadata.name}`}>
        {actionWords[spec.action]} {spec.target.name}
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

/** What waits for me? */
export function RequestsPage() {
  const requests = useLiveList<RequestView>('/requests');
  const [params, setParams] = useSearchParams();
  const opened = requests.value?.find(
    ({ metadata }) => metadata.name === params.get('request'),
  );
  const create = (
    <LinkButton
      to={useRouteRef(requestTenantRouteRef)()}
      variant="contained"
      color="primary"
    >
      Request a tenant
    </LinkButton>
  );
  const close = () =>
    setParams(before => {
      before.delete('request');
      return before;
    });
  return (
    <PageFrame
      title="Requests"
      subtitle="What waits for you"
      actions={<LiveMark live={requests} />}
    >
      <LiveContent
        live={requests}
        what="The requests"
        isEmpty={items => items.length === 0}
        empty={
          <NothingYet title="No requests" action={create}>
            What you asked for, and what others ask you to decide, shows here.
          </NothingYet>
        }
      >
        {items => (
          <SearchableTable
            label="requests"
            aside={create}
            columns={columns}
            idOf={({ metadata }) => metadata.name}
            rows={[...items].sort(
              (a, b) =>
                Number(b.mayDecide) - Number(a.mayDecide) ||
                (b.metadata.creationTimestamp ?? '').localeCompare(
                  a.metadata.creationTimestamp ?? '',
                ),
            )}
          />
        )}
      </LiveContent>
      {opened && <RequestDrawer request={opened} onClose={close} />}
    </PageFrame>
  );
}
