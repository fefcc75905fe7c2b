import { useApi } from '@backstage/core-plugin-api';
import type { TenantSpec } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  changesRequested,
  isUndecided,
  describeRequest,
  targetTenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  RequestView,
  TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  RelativeTime,
  SideDrawer,
  bailiwickApiRef,
  formatMessage,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import useAsync from 'react-use/esm/useAsync';
import { Name } from '../Name';
import { AppLink } from '../AppLink';
import { TenantLink } from '../TenantLink';
import { TenantOutcome } from '../TenantOutcome';
import { ChangesRequested } from './ChangesRequested';
import { Comments } from './Comments';
import { Decision } from './Decision';
import { KnownFacts, RequestChecks } from './KnownFacts';
import { OwnRequest } from './OwnRequest';
import { PromotionDifferences } from './PromotionDifferences';
import { ProposedChanges } from './ProposedChanges';
import { Replacements } from '../resubmit/Replacements';
import { RemovedFacts } from './RemovedFacts';
import { RequestStateChips } from './RequestStateChips';
import { titlesOf } from './titlesOf';

/** A request: changes, requester, reason, and decision. */
export function RequestDrawer({
  onClose,
  request,
  requests,
  tenants,
}: {
  onClose: () => void;
  request: RequestView;
  /** All that the reader sees. */
  requests: RequestView[];
  /** Those that the reader sees. */
  tenants: TenantView[];
}) {
  const client = useApi(bailiwickApiRef);
  const plans = useAsync(() => client.listPlans(), [client]).value ?? [];
  const { metadata, spec, status } = request;
  const tenant = tenants.find(one => one.metadata.name === targetTenant(spec));
  const isOpen = isUndecided(request);
  return (
    <SideDrawer
      title={describeRequest(request)}
      footer={request.canDecide && <Decision name={metadata.name} />}
      onClose={onClose}
    >
      <RequestStateChips request={request} />
      <Typography>
        <Name of={spec.requestedBy} /> requested this{' '}
        <RelativeTime at={metadata.creationTimestamp} />: “{spec.reason}”
      </Typography>
      {request.mine && changesRequested(request) && (
        <ChangesRequested request={request} />
      )}
      <Replacements request={request} requests={requests} />
      {spec.action === 'create' ? (
        <TenantOutcome
          name={spec.target.name}
          spec={spec.proposed as TenantSpec}
          title={isOpen ? undefined : 'Requested resources'}
        />
      ) : (
        <ProposedChanges request={request} tenant={tenant} />
      )}
      {spec.action === 'promote' && isOpen && (
        <PromotionDifferences request={request} />
      )}
      <RequestChecks request={request} />
      {tenant && (
        <Typography variant="body2">
          {spec.target.kind === 'App' && request.targetTitle && (
            <>
              App:{' '}
              <AppLink
                app={{
                  name: spec.target.name,
                  tenant: tenant.metadata.name,
                  title: request.targetTitle,
                }}
              />
              {' · '}
            </>
          )}
          Tenant:{' '}
          <TenantLink name={tenant.metadata.name} title={tenant.spec.title} />
        </Typography>
      )}
      <KnownFacts request={request} plans={plans} tenants={tenants} />
      <RemovedFacts status={status} />
      {status?.verdict && (
        <Alert
          severity={
            status.verdict.verdict === 'approve' ? 'success' : 'warning'
          }
        >
          {status.verdict.verdict === 'approve' ? 'Approved' : 'Denied'} by{' '}
          {status.verdict.by === 'rule' ? (
            'a plan rule'
          ) : (
            <Name of={status.verdict.by} />
          )}{' '}
          <RelativeTime at={status.verdict.at} />: “{status.verdict.reason}”
        </Alert>
      )}
      {(status?.phase === 'Failed' || status?.phase === 'Expired') && (
        <Alert severity="error">
          {formatMessage(
            status.conditions?.find(({ status: value }) => value === 'False')
              ?.message ?? 'The request failed.',
            titlesOf(request, tenant),
          )}
        </Alert>
      )}
      <Comments request={request} isOpen={isOpen && status?.phase === 'Open'} />
      {request.mine && isOpen && (
        <OwnRequest request={request} tenant={tenant} plans={plans} />
      )}
      {status?.phase === 'Withdrawn' && (
        <Alert severity="info">
          <Name of={spec.requestedBy} /> withdrew the request.
        </Alert>
      )}
    </SideDrawer>
  );
}
