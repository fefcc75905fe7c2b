import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useLiveList } from '@bailiwick/backstage-plugin-bailiwick-react';
import Alert from '@material-ui/lab/Alert';
import { ListPage } from '../ListPage';
import { requestColumns, waitingFirst } from './requestColumns';
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
      question="Requests that need your approval first, then yours and those of others"
      list={requests}
      columns={requestColumns}
      sort={waitingFirst}
      filters={requestFilters}
      empty={{
        title: 'No requests',
        text: 'Your requests, and those that need your approval, appear here.',
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
