import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useLiveList } from '@bailiwick/backstage-plugin-bailiwick-react';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import { ListPage } from '../ListPage';
import { useSelection } from '../selection/useSelection';
import { BulkDecision, type Verdict } from './BulkDecision';
import { DecisionBar } from './DecisionBar';
import { requestColumns } from './requestColumns';
import { selectionColumn } from './selectionColumn';
import { requestFilters } from './requestFilters';
import { RequestDrawer } from './RequestDrawer';
import { pendingFirst, requestSections } from './requestSections';
import { useOpenedRequest } from './useOpenedRequest';

/** The inbox: requests that the reader can decide, the reader's own, and the rest. */
export function RequestsPage() {
  const requests = useLiveList<RequestView>('/requests');
  const tenants = useLiveList<TenantView>('/tenants');
  const { close, opened, wanted } = useOpenedRequest(requests.value);
  const selection = useSelection();
  const [verdict, setVerdict] = useState<Verdict>();
  const chosen = (requests.value ?? []).filter(
    ({ canDecide, metadata }) =>
      canDecide && selection.chosen.has(metadata.name),
  );
  const decidable = requests.value?.some(({ canDecide }) => canDecide);
  return (
    <ListPage
      aside={
        chosen.length > 0 ? (
          <DecisionBar
            count={chosen.length}
            onClear={selection.clear}
            onDecide={setVerdict}
          />
        ) : undefined
      }
      title="Requests"
      question="Your requests, requests pending your approval, and requests of your tenants"
      list={requests}
      columns={
        decidable
          ? [selectionColumn(selection), ...requestColumns]
          : requestColumns
      }
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
      {verdict && (
        <BulkDecision
          verdict={verdict}
          requests={chosen}
          tenants={tenants.value ?? []}
          onClose={() => setVerdict(undefined)}
        />
      )}
      {opened && (
        <RequestDrawer
          request={opened}
          requests={requests.value ?? []}
          tenants={tenants.value ?? []}
          onClose={close}
        />
      )}
    </ListPage>
  );
}
