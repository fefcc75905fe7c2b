import {
  LiveContent,
  EmptyState,
  SearchableTable,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import Alert from '@material-ui/lab/Alert';
import { requestColumns } from '../../RequestsPage/requestColumns';
import { RequestDrawer } from '../../RequestsPage/RequestDrawer';
import { useOpenedRequest } from '../../RequestsPage/useOpenedRequest';
import type { TenantFacts } from '../facts/TenantFacts';

/** All requests about a tenant; one opens beside the list, to decide it or take it back. */
export function RequestsTab({ facts }: { facts: TenantFacts }) {
  const { live, requests, tenants } = facts;
  const { close, opened, wanted } = useOpenedRequest(requests);
  return (
    <LiveContent
      live={live.requests}
      what="Requests"
      isEmpty={() => requests.length === 0}
      empty={
        <EmptyState title="No requests">
          Requests to change members, environments, the plan or the expiry date
          appear here. Owners send them from the other tabs.
        </EmptyState>
      }
    >
      {() => (
        <>
          {wanted && !opened && (
            <Alert severity="warning" onClose={close}>
              Request not found in this tenant: {wanted}.
            </Alert>
          )}
          <SearchableTable
            label="requests"
            columns={requestColumns}
            idOf={({ metadata }) => metadata.name}
            rows={requests}
          />
          {opened && (
            <RequestDrawer
              request={opened}
              requests={requests}
              tenants={tenants}
              onClose={close}
            />
          )}
        </>
      )}
    </LiveContent>
  );
}
