import { useRouteRef } from '@backstage/core-plugin-api';
import { Button, makeStyles, Paper, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import Skeleton from '@material-ui/lab/Skeleton';
import { useNavigate } from 'react-router-dom';
import { requestsRouteRef } from '../../routes';
import { PageFrame } from '../PageFrame';
import { TenantOutcome } from '../TenantOutcome';
import { TenantForm } from './TenantForm';
import { useRequestTenant } from './useRequestTenant';

const useStyles = makeStyles(theme => ({
  paper: {
    display: 'grid',
    gap: theme.spacing(3),
    padding: theme.spacing(3),
    maxWidth: 900,
  },
  actions: { display: 'flex', alignItems: 'center', gap: theme.spacing(2) },
}));

/** Asks for a tenant: form, then everything that will happen, then the request. */
export function RequestTenantPage() {
  const classes = useStyles();
  const navigate = useNavigate();
  const toRequests = useRouteRef(requestsRouteRef)();
  const form = useRequestTenant(() => navigate(toRequests));
  const { choices, draft, review, reviewing, sending } = form;
  const failure = sending.error ?? review.error;
  const unsettled = Object.keys(form.problems);
  const groups = choices.value?.groups ?? [];
  return (
    <PageFrame
      title="Request a tenant"
      subtitle={
        reviewing
          ? 'Step 2 of 2: see what will happen'
          : 'Step 1 of 2: say what you need'
      }
    >
      <Paper className={classes.paper}>
        {choices.error && (
          <Alert severity="error">
            <AlertTitle>The form cannot be filled yet</AlertTitle>
            {choices.error.message}
          </Alert>
        )}
        {choices.loading && <Skeleton variant="rect" height={420} />}
        {choices.value && groups.length === 0 && (
          <Alert severity="info">
            <AlertTitle>You are in no group</AlertTitle>A tenant belongs to a
            group, so that it outlives a person. Ask somebody of your group to
            request it, or to add you to the group.
          </Alert>
        )}
        {choices.value && groups.length > 0 && (
          <>
            {reviewing ? (
              <TenantOutcome
                name={draft.name}
                spec={form.spec}
                preflight={review.value}
              />
            ) : (
              <TenantForm form={form} choices={choices.value} />
            )}
            {failure && (
              <Alert severity="error">
                <AlertTitle>The request was not accepted</AlertTitle>
                {failure.message}
              </Alert>
            )}
            <div className={classes.actions}>
              {reviewing ? (
                <>
                  <Button onClick={form.back}>Back</Button>
                  <Button
                    variant="contained"
                    color="primary"
                    disabled={sending.loading || Boolean(review.value?.refusal)}
                    onClick={form.send}
                  >
                    Send the request
                  </Button>
                </>
              ) : (
                <>
                  <Button
                    variant="contained"
                    color="primary"
                    disabled={review.loading || unsettled.length > 0}
                    onClick={form.startReview}
                  >
                    Review
                  </Button>
                  {unsettled.length > 0 && (
                    <Typography variant="body2" color="textSecondary">
                      Still to settle: {unsettled.join(', ')}
                    </Typography>
                  )}
                </>
              )}
            </div>
          </>
        )}
      </Paper>
    </PageFrame>
  );
}
