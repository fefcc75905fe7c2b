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
      what="The requests"
      isEmpty={() => requests.length === 0}
      empty={
        <EmptyState title="No request">
          What is asked of this tenant shows here: other members, environments
          or plans, renewals, its end. Owners ask on the other tabs.
        </EmptyState>
      }
    >
      {() => (
        <>
          {wanted && !opened && (
            <Alert severity="warning" onClose={close}>
              There is no such request about this tenant: {wanted}.
            </Alert>
          )}
          <SearchableTable
            label="requests"
            columns={requestColumns}
            idOf={({ metadata }) => metadata.name}
            rows={requests}
          />
          {opened && (
            <RequestDrawer request={opened} tenants={tenants} onClose={close} />
          )}
        </>
      )}
    </LiveContent>
  );
}
