import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  Button,
  Divider,
  makeStyles,
  Paper,
  Typography,
} from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { formatCost } from '../formatCost';
import { TenantOutcome } from '../TenantOutcome';
import { fieldLabel } from './fieldLabel';
import type { FormProps } from './FormProps';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(3) },
}));

/** Live summary of the tenant and its cost; sends the request if the preflight finds no problem. */
export function TenantSummary({ form }: FormProps) {
  const classes = useStyles();
  const { check, draft, plan, problems, send, sending, spec } = form;
  const open = Object.keys(problems) as (keyof typeof problems)[];
  const failure = sending.error ?? check.error;
  return (
    <Paper
      variant="outlined"
      component="section"
      aria-label="Summary"
      className={classes.root}
    >
      <Stack>
        <div role="status">
          <Typography variant="body2" color="textSecondary">
            Estimated cost
          </Typography>
          <Typography variant="h5" component="p">
            {plan ? formatCost(plan, spec.environments) : 'Select a plan'}
          </Typography>
        </div>
        {failure && (
          <Alert
            severity="error"
            action={
              check.error && (
                <Button color="inherit" size="small" onClick={check.retry}>
                  Try again
                </Button>
              )
            }
          >
            <AlertTitle>The request can’t be sent</AlertTitle>
            {failure.message}
          </Alert>
        )}
        <Button
          fullWidth
          variant="contained"
          color="primary"
          disabled={!check.isPassed || sending.loading}
          onClick={send}
        >
          Send request
        </Button>
        <Typography variant="body2" color="textSecondary">
          {noteOf(open.map(fieldLabel), check)}
        </Typography>
        <Divider />
        {plan && draft.name ? (
          <TenantOutcome
            name={draft.name}
            spec={spec}
            preflight={check.preflight}
          />
        ) : (
          <Typography color="textSecondary">
            Enter a title and select a plan to see the resources to create.
          </Typography>
        )}
      </Stack>
    </Paper>
  );
}

/** Returns the missing input before the request can be sent. */
function noteOf(open: string[], check: FormProps['form']['check']): string {
  if (open.length > 0) return `To complete: ${open.join(', ')}`;
  if (check.isRunning) return 'Checking…';
  return check.isPassed ? 'Nothing is created until you send the request.' : '';
}
