import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  describeRequest,
  targetTenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import Alert from '@material-ui/lab/Alert';
import { tenantRouteRef } from '../../routes';
import {
  phaseColors,
  phaseOf,
  RequestState,
} from '../RequestsPage/RequestState';
import type { TenantFacts } from '../TenantPage/facts/TenantFacts';

/** Where a request stands, in a sentence, with the way to it. */
export function RequestNote({
  facts: { plans, tenant },
  request,
}: {
  facts: TenantFacts;
  request: RequestView;
}) {
  const toTenant = useRouteRef(tenantRouteRef);
  const { metadata, spec } = request;
  const to = `${toTenant({ tenant: targetTenant(spec) })}/requests?request=${
    metadata.name
  }`;
  return (
    <Alert severity={phaseColors[phaseOf(request)]} role="status">
      <Link to={to}>{describeRequest(request)}</Link>{' '}
      <RequestState request={request} plans={plans} tenant={tenant} />
    </Alert>
  );
}
