import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles, Paper, Typography } from '@material-ui/core';
import {
  fleetRouteRef,
  requestsRouteRef,
  requestTenantRouteRef,
  tenantRouteRef,
  tenantsRouteRef,
} from '../../routeRefs';
import { nextStepOf, type Place, type Situation } from './nextStepOf';

const useStyles = makeStyles(theme => ({
  card: {
    display: 'grid',
    alignContent: 'start',
    justifyItems: 'start',
    gap: theme.spacing(2),
    padding: theme.spacing(3),
    height: '100%',
    minHeight: 200,
  },
  text: { overflowWrap: 'anywhere' },
}));

/** The one thing to do next, with the button that leads there. */
export function NextStepCard({ situation }: { situation: Situation }) {
  const classes = useStyles();
  const places: Record<Place, string> = {
    apps: useRouteRef(fleetRouteRef)(),
    'request tenant': useRouteRef(requestTenantRouteRef)(),
    requests: useRouteRef(requestsRouteRef)(),
    templates: '/create',
    tenants: useRouteRef(tenantsRouteRef)(),
  };
  const toTenant = useRouteRef(tenantRouteRef);
  const { button, template, tenant, text, title, to } = nextStepOf(situation);
  const whole = tenant ? toTenant({ tenant }) : places[to];
  const address = template ? `/create/templates/default/${template}` : whole;
  return (
    <Paper className={classes.card}>
      <Typography variant="overline">Your next step</Typography>
      <Typography variant="h5" component="h2">
        {title}
      </Typography>
      <Typography className={classes.text}>{text}</Typography>
      <LinkButton to={address} variant="contained" color="primary">
        {button}
      </LinkButton>
    </Paper>
  );
}
