import {
  decidersOf,
  decidingPlan,
  type TenantAction,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  makeStyles,
  TextField,
  Typography,
  useMediaQuery,
  type Theme,
} from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useId, useState, type ReactNode } from 'react';
import { ActionFailure } from '../ActionFailure';
import { Names } from '../Names';
import type { TenantFacts } from '../TenantPage/facts/TenantFacts';
import { RequestNote } from './RequestNote';
import { useAskFor } from './useAskFor';

const useStyles = makeStyles(theme => ({
  // Where it fills the screen, its parts stay together at the top.
  content: { display: 'grid', alignContent: 'start', gap: theme.spacing(2) },
}));

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
  const classes = useStyles();
  const titleId = useId();
  const [reason, setReason] = useState(initialReason);
  const [confirmed, setConfirmed] = useState('');
  const isNarrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('xs'));
  const { ask, error, isBusy, sent } = useAskFor(facts, action);
  const isConfirmed = typed === undefined || confirmed === typed;
  const maySend = !problem && isConfirmed && reason.trim() !== '' && !isBusy;
  return (
    <Dialog
      open
      fullWidth
      maxWidth="md"
      fullScreen={isNarrow}
      onClose={onClose}
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{title}</DialogTitle>
      {sent ? (
        <DialogContent>
          <RequestNote facts={facts} request={sent} />
        </DialogContent>
      ) : (
        <DialogContent className={classes.content}>
          {children}
          {typed && (
            <TextField
              id="confirm-name"
              label={`Type ${typed} to confirm`}
              variant="outlined"
              autoComplete="off"
              value={confirmed}
              error={confirmed !== '' && !typed.startsWith(confirmed)}
              onChange={({ target }) => setConfirmed(target.value)}
            />
          )}
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
          {error && <ActionFailure error={error} />}
        </DialogContent>
      )}
      <DialogActions>
        <Button onClick={onClose}>{sent ? 'Close' : 'Cancel'}</Button>
        {!sent && (
          <Button
            variant="contained"
            color={typed ? 'secondary' : 'primary'}
            disabled={!maySend}
            onClick={() => ask(proposed(reason.trim()), reason.trim())}
          >
            {send}
          </Button>
        )}
      </DialogActions>
    </Dialog>
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
