import type { TenantAction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  decidersOf,
  decidingPlan,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { ConfirmDialog } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import type { ReactNode } from 'react';
import { Names } from '../Names';
import type { TenantFacts } from '../TenantPage/facts/TenantFacts';
import { EditNote } from '../resubmit/EditNote';
import { RequestNote } from './RequestNote';
import { useRequestChange } from './useRequestChange';

/** Requests a change of a tenant: content, reason, approvers, and then the progress. */
export function ChangeDialog({
  action,
  children,
  edited,
  facts,
  initialReason,
  onClose,
  problem,
  proposed,
  send = 'Send request',
  title,
  typed,
}: {
  action: TenantAction;
  children?: ReactNode;
  /** A pending request of the reader that the new one replaces. */
  edited?: RequestView;
  facts: TenantFacts;
  initialReason?: string;
  onClose: () => void;
  /** Why it cannot be sent as it is. */
  problem?: string;
  /** Returns the proposal; it can repeat the reason. */
  proposed: (reason: string) => Record<string, unknown>;
  send?: string;
  title: string;
  /** A name to type as confirmation, because the loss is permanent. */
  typed?: string;
}) {
  const { requestChange, sent } = useRequestChange(
    facts,
    action,
    edited?.metadata.name,
  );
  return (
    <ConfirmDialog
      title={title}
      confirm={send}
      isDisabled={Boolean(problem)}
      isDestructive={typed !== undefined}
      maxWidth="md"
      staysOpen
      typed={typed}
      reason={{
        help: 'Approvers can read it now, and all members later.',
        initial: edited?.spec.reason ?? initialReason,
      }}
      footer={
        <>
          <Deciders action={action} facts={facts} proposed={proposed('')} />
          {problem && <Alert severity="info">{problem}</Alert>}
        </>
      }
      outcome={sent && <RequestNote facts={facts} request={sent} />}
      onConfirm={reason => requestChange(proposed(reason), reason)}
      onClose={onClose}
    >
      {edited && <EditNote request={edited} />}
      {children}
    </ConfirmDialog>
  );
}

/** Names the approvers of a change: a plan rule, otherwise people other than the requester. */
function Deciders({
  action,
  facts: { plans, tenant },
  proposed,
}: {
  action: TenantAction;
  facts: TenantFacts;
  proposed: Record<string, unknown>;
}) {
  const request = {
    spec: {
      action,
      proposed,
      reason: '',
      requestedBy: '',
      target: { kind: 'Tenant' as const, name: tenant.metadata.name },
    },
  };
  const judging = decidingPlan(request, tenant);
  const plan = plans.find(({ metadata }) => metadata.name === judging);
  const hasRules = (plan?.spec.approval.rules.length ?? 0) > 0;
  return (
    <Typography variant="body2" color="textSecondary">
      {hasRules
        ? 'A plan rule decides if one applies. Otherwise: '
        : 'Approvers: '}
      <Names of={decidersOf(request, tenant, plan)} />. You can’t approve your
      own request.
    </Typography>
  );
}
