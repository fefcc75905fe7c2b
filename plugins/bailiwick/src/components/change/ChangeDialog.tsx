import type { TenantAction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  decidersOf,
  decidingPlan,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { ConfirmDialog } from '@bailiwick/backstage-plugin-bailiwick-react';
import { TextField, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useState, type ReactNode } from 'react';
import { Names } from '../Names';
import type { TenantFacts } from '../TenantPage/facts/TenantFacts';
import { RequestNote } from './RequestNote';
import { useRequestChange } from './useRequestChange';

/** Asks for a change of a tenant: what, why, who decides, and then how it goes. */
export function ChangeDialog({
  action,
  children,
  facts,
  initialReason = '',
  onClose,
  problem,
  proposed,
  send = 'Send the request',
  title,
  typed,
}: {
  action: TenantAction;
  children?: ReactNode;
  facts: TenantFacts;
  initialReason?: string;
  onClose: () => void;
  /** Why it cannot be sent as it is. */
  problem?: string;
  /** What is proposed; it may repeat the reason. */
  proposed: (reason: string) => Record<string, unknown>;
  send?: string;
  title: string;
  /** A name to type first, because what is lost does not come back. */
  typed?: string;
}) {
  const [reason, setReason] = useState(initialReason);
  const { requestChange, sent } = useRequestChange(facts, action);
  if (sent)
    return (
      <ConfirmDialog
        title={title}
        cancel="Close"
        maxWidth="md"
        onClose={onClose}
      >
        <RequestNote facts={facts} request={sent} />
      </ConfirmDialog>
    );
  return (
    <ConfirmDialog
      title={title}
      confirm={send}
      isDisabled={Boolean(problem) || reason.trim() === ''}
      isDestructive={typed !== undefined}
      maxWidth="md"
      staysOpen
      typed={typed === undefined ? undefined : { text: typed }}
      footer={
        <>
          <TextField
            id="change-reason"
            label="Reason"
            helperText="Who decides reads it, and all members afterwards."
            variant="outlined"
            multiline
            minRows={2}
            required
            inputProps={{ maxLength: 500 }}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
          <Deciders action={action} facts={facts} proposed={proposed(reason)} />
          {problem && <Alert severity="info">{problem}</Alert>}
        </>
      }
      onConfirm={() => requestChange(proposed(reason.trim()), reason.trim())}
      onClose={onClose}
    >
      {children}
    </ConfirmDialog>
  );
}

/** Who decides about a change: a rule of the plan, otherwise people other than who asks. */
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
      Decided by {hasRules && 'a rule of the plan if one fits, otherwise '}
      <Names of={decidersOf(request, tenant, plan)} />, never by who asks.
    </Typography>
  );
}
