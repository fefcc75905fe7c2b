import { useRouteRef } from '@backstage/core-plugin-api';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  LiveContent,
  useLiveList,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import Skeleton from '@material-ui/lab/Skeleton';
import { useRef, type ReactNode } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import {
  requestsRouteRef,
  tenantRouteRef,
  tenantsRouteRef,
} from '../../routeRefs';
import { PageFrame } from '../PageFrame';
import { EditNote } from '../resubmit/EditNote';
import { editParameter, isEditable, notEditable } from '../resubmit/isEditable';
import { TenantForm } from './TenantForm';
import { useRequestTenant } from './useRequestTenant';

/** The form that requests a tenant, filled in from the pending request that the address names with `?edit=`. */
export function RequestTenantPage() {
  const [params] = useSearchParams();
  const name = params.get(editParameter);
  return name ? <EditedForm key={name} name={name} /> : <FormPage />;
}

/** The form once the request to edit is known; an empty one if the request cannot be edited. */
function EditedForm({ name }: { name: string }) {
  const { error, value } = useLiveList<RequestView>('/requests');
  // Sending the form withdraws the request.
  const found = useRef<RequestView>();
  found.current ??= value?.find(
    request => request.metadata.name === name && isEditable(request),
  );
  if (!value && !error) return <Skeleton variant="rect" height={420} />;
  return (
    <FormPage edited={found.current}>
      {found.current ? (
        <EditNote request={found.current} />
      ) : (
        <Alert severity="warning">{notEditable}</Alert>
      )}
    </FormPage>
  );
}

/** The page of the form that requests a tenant. */
function FormPage({
  children,
  edited,
}: {
  children?: ReactNode;
  edited?: RequestView;
}) {
  const navigate = useNavigate();
  const toRequests = useRouteRef(requestsRouteRef)();
  const toTenant = useRouteRef(tenantRouteRef);
  const form = useRequestTenant(edited, (name, decision) => {
    // A request that a rule approves is carried out in a moment; others wait among the requests.
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
      {children}
      {!choices.value && (
        <LiveContent
          live={{ error: choices.error, value: choices.value }}
          what="The form"
          skeletons={[420]}
        >
          {() => null}
        </LiveContent>
      )}
      {choices.value && groups.length === 0 && (
        <Alert severity="info">
          <AlertTitle>You aren’t a member of any group</AlertTitle>A tenant
          belongs to a group, not to a person. Ask the platform team to add you
          to your team’s group, or ask a member of that group to request the
          tenant.
        </Alert>
      )}
      {choices.value && groups.length > 0 && (
        <TenantForm form={form} choices={choices.value} />
      )}
    </PageFrame>
  );
}
