import type { TenantAction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  describeRequest,
  requestStateOf,
  type RequestState as State,
  targetTenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import Alert, { type Color } from '@material-ui/lab/Alert';
import { RequestState } from '../RequestsPage/RequestState';
import type { TenantFacts } from '../TenantPage/facts/TenantFacts';
import { TenantRequestLink } from '../TenantRequestLink';
import { underWay } from './disabledReason';

/** Severity of each state. */
const severities: Record<State, Color> = {
  Pending: 'info',
  Approved: 'info',
  Denied: 'warning',
  Withdrawn: 'info',
  Expired: 'warning',
  Completed: 'success',
  Failed: 'error',
};

/** State of a request in one sentence, with a link. */
export function RequestNote({
  facts: { plans, tenant },
  request,
}: {
  facts: TenantFacts;
  request: RequestView;
}) {
  return (
    <Alert severity={severities[requestStateOf(request)]} role="status">
      <TenantRequestLink
        tenant={targetTenant(request.spec)}
        request={request.metadata.name}
      >
        {describeRequest(request)}
      </TenantRequestLink>{' '}
      <RequestState request={request} plans={plans} tenant={tenant} />
    </Alert>
  );
}

/** States of the pending requests for some changes. */
export function RequestNotes({
  actions,
  facts,
}: {
  actions: TenantAction[];
  facts: TenantFacts;
}) {
  return (
    <>
      {actions
        .flatMap(action => underWay(facts.requests, action) ?? [])
        .map(request => (
          <RequestNote
            key={request.metadata.name}
            facts={facts}
            request={request}
          />
        ))}
    </>
  );
}
