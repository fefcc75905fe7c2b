import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useLiveList } from '@bailiwick/backstage-plugin-bailiwick-react';
import Alert from '@material-ui/lab/Alert';
import { ListPage } from '../ListPage';
import { requestColumns, pendingFirst } from './requestColumns';
import { requestFilters } from './requestFilters';
import { RequestDrawer } from './RequestDrawer';
import { useOpenedRequest } from './useOpenedRequest';

/** What waits for me? */
export function RequestsPage() {
  const requests = useLiveList<RequestView>('/requests');
  const tenants = useLiveList<TenantView>('/tenants');
  const { close, opened, wanted } = useOpenedRequest(requests.value);
  return (
    <ListPage
      title="Requests"
      question="Requests pending your approval come first"
      list={requests}
      columns={requestColumns}
      sort={pendingFirst}
      filters={requestFilters}
      empty={{
        title: 'No requests',
        text: 'Your requests and those pending your approval appear here.',
      }}
      notice={
        wanted &&
        requests.value &&
        !opened && (
          <Alert severity="warning" onClose={close}>
            Request not found: {wanted}. It doesn’t exist, or you don’t have
            access to it. All requests that you can see are listed below.
          </Alert>
        )
      }
    >
      {opened && (
        <RequestDrawer
          request={opened}
          tenants={tenants.value ?? []}
          onClose={close}
        />
      )}
    </ListPage>
  );
}
