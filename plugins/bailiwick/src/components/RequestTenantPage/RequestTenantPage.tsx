import { useRouteRef } from '@backstage/core-plugin-api';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import Skeleton from '@material-ui/lab/Skeleton';
import { useNavigate } from 'react-router-dom';
import {
  requestsRouteRef,
  tenantRouteRef,
  tenantsRouteRef,
} from '../../routeRefs';
import { PageFrame } from '../PageFrame';
import { TenantForm } from './TenantForm';
import { useRequestTenant } from './useRequestTenant';

/** Asks for a tenant: a form beside everything that will happen. */
export function RequestTenantPage() {
  const navigate = useNavigate();
  const toRequests = useRouteRef(requestsRouteRef)();
  const toTenant = useRouteRef(tenantRouteRef);
  const form = useRequestTenant((name, decision) => {
    // What a rule approves is there in a moment; anything else waits among the requests.
    const isAtOnce = decision?.by === 'rule' && decision.verdict === 'approve';
    navigate(isAtOnce ? toTenant({ tenant: name }) : toRequests);
  });
  const { choices } = form;
  const groups = choices.value?.groups ?? [];
  const toTenants = useRouteRef(tenantsRouteRef)();
  return (
    <PageFrame
      parent={{ title: 'Tenants', to: toTenants }}
      title="Request a tenant"
      subtitle="Environments, members and quotas for your team"
    >
      {choices.error && (
        <Alert severity="error">
          <AlertTitle>Can’t load the form</AlertTitle>
          {choices.error.message}
        </Alert>
      )}
      {choices.loading && <Skeleton variant="rect" height={420} />}
      {choices.value && groups.length === 0 && (
        <Alert severity="info">
          <AlertTitle>You aren’t a member of any group</AlertTitle>A tenant
          belongs to a group rather than a person. Ask a member of your group to
          request the tenant, or to add you to the group.
        </Alert>
      )}
      {choices.value && groups.length > 0 && (
        <TenantForm form={form} choices={choices.value} />
      )}
    </PageFrame>
  );
}
