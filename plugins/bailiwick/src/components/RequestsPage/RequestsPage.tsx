import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useLiveList } from '@bailiwick/backstage-plugin-bailiwick-react';
import Alert from '@material-ui/lab/Alert';
import { ListPage } from '../ListPage';
import { requestColumns } from './requestColumns';
import { requestFilters } from './requestFilters';
import { RequestDrawer } from './RequestDrawer';
import { pendingFirst, requestSections } from './requestSections';
import { useOpenedRequest } from './useOpenedRequest';

/** What waits for me? */
export function RequestsPage() {
  const requests = useLiveList<RequestView>('/requests');
  const tenants = useLiveList<TenantView>('/tenants');
  const { close, opened, wanted } = useOpenedRequest(requests.value);
  return (
    <ListPage
      title="Requests"
      question="What is waiting for you, and what you are waiting for"
      list={requests}
      columns={requestColumns}
      sections={requestSections}
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
