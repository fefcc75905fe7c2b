import { useApi } from '@backstage/core-plugin-api';
import type {
  RequestView,
  TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  bailiwickApiRef,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  Button,
  Drawer,
  IconButton,
  makeStyles,
  TextField,
  Typography,
} from '@material-ui/core';
import CloseIcon from '@material-ui/icons/Close';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { Name } from '../Name';
import { TenantOutcome } from '../TenantOutcome';
import { KnownFacts } from './KnownFacts';
import { ProposedChanges } from './ProposedChanges';
import { requestWords } from './requestWords';

const useStyles = makeStyles(theme => ({
  paper: {
    width: 'min(560px, 100vw)',
    padding: theme.spacing(3),
    display: 'grid',
    alignContent: 'start',
    gap: theme.spacing(2),
  },
  title: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'start',
  },
  actions: { display: 'flex', gap: theme.spacing(2) },
}));

/** A request: what will change, who asked and why, and the decision. */
export function RequestDrawer({
  onClose,
  request,
}: {
  onClose: () => void;
  request: RequestView;
}) {
  const classes = useStyles();
  const { metadata, spec, status } = request;
  return (
    <Drawer
      anchor="right"
      open
      onClose={onClose}
      PaperProps={
        {
          className: classes.paper,
          role: 'dialog',
          'aria-labelledby': 'request-title',
        } as object
      }
    >
      <div className={classes.title}>
        <Typography variant="h5" component="h2" id="request-title">
          {requestWords(request)}
        </Typography>
        <IconButton onClick={onClose} aria-label="Close" edge="end">
          <CloseIcon />
        </IconButton>
      </div>
      <Typography>
        <Name of={spec.requestedBy} /> asked{' '}
        <RelativeTime at={metadata.creationTimestamp} />: “{spec.reason}”
      </Typography>
      {spec.action === 'create' ? (
        <TenantOutcome
          name={spec.target.name}
          spec={spec.proposed as TenantSpec}
        />
      ) : (
        <ProposedChanges spec={spec} />
      )}
      <KnownFacts request={request} />
      {status?.verdict && (
        <Alert
          severity={
            status.verdict.verdict === 'approve' ? 'success' : 'warning'
          }
        >
          {status.verdict.verdict === 'approve' ? 'Approved' : 'Denied'} by{' '}
          {status.verdict.by === 'rule' ? (
            'a rule of the plan'
          ) : (
            <Name of={status.verdict.by} />
          )}{' '}
          <RelativeTime at={status.verdict.at} />: “{status.verdict.reason}”
        </Alert>
      )}
      {status?.phase === 'Failed' && (
        <Alert severity="error">
          {status.conditions?.find(({ status: value }) => value === 'False')
            ?.message ?? 'It could not be carried out.'}
        </Alert>
      )}
      {request.mayDecide && <Decision name={metadata.name} />}
      {request.mine && !status?.verdict && (
        <Alert severity="info">
          A platform engineer decides about it. You cannot decide your own
          request.
        </Alert>
      )}
    </Drawer>
  );
}

function Decision({ name }: { name: string }) {
  const classes = useStyles();
  const client = useApi(bailiwickApiRef);
  const [reason, setReason] = useState('');
  const [{ error, loading }, decide] = useAsyncFn(
    (verdict: 'approve' | 'deny') =>
      client.decideRequest(name, { verdict, reason }),
    [client, name, reason],
  );
  const missing = reason.trim() === '';
  return (
    <>
      <TextField
        id="decision-reason"
        label="Your reason"
        helperText="Everybody concerned can read it."
        value={reason}
        onChange={event => setReason(event.target.value)}
        variant="outlined"
        multiline
        minRows={2}
        required
        inputProps={{ maxLength: 500 }}
      />
      {error && <Alert severity="error">{error.message}</Alert>}
      <div className={classes.actions}>
        <Button
          variant="contained"
          color="primary"
          disabled={missing || loading}
          onClick={() => decide('approve')}
        >
          Approve
        </Button>
        <Button
          variant="outlined"
          disabled={missing || loading}
          onClick={() => decide('deny')}
        >
          Deny
        </Button>
      </div>
    </>
  );
}
