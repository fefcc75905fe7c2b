import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles, Paper } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import Skeleton from '@material-ui/lab/Skeleton';
import { useNavigate } from 'react-router-dom';
import { requestsRouteRef, tenantRouteRef } from '../../routeRefs';
import { PageFrame } from '../PageFrame';
import { TenantWizard } from './TenantWizard';
import { useRequestTenant } from './useRequestTenant';

const useStyles = makeStyles(theme => ({
  paper: {
    display: 'grid',
    gap: theme.spacing(3),
    padding: theme.spacing(3),
    maxWidth: 1000,
  },
}));

/** Asks for a tenant: a form in steps, then everything that will happen, then the request. */
export function RequestTenantPage() {
  const classes = useStyles();
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
  return (
    <PageFrame
      title="Request a tenant"
      subtitle="A place for your team: environments, members and limits"
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
          <TenantWizard form={form} choices={choices.value} />
        )}
      </Paper>
    </PageFrame>
  );
}
