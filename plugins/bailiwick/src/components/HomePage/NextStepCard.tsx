import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles, Paper, Typography } from '@material-ui/core';
import {
  requestsRouteRef,
  requestTenantRouteRef,
  tenantRouteRef,
  tenantsRouteRef,
} from '../../routeRefs';
import { nextStepOf, type Place, type Situation } from './nextStepOf';

const useStyles = makeStyles(theme => ({
  card: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
    padding: theme.spacing(3),
    borderLeft: `4px solid ${theme.palette.primary.main}`,
  },
  words: { flex: '1 1 300px', overflowWrap: 'anywhere' },
}));

/** The most important thing to do next, with the button that leads there; nothing when nothing is. */
export function NextStepCard({ situation }: { situation: Situation }) {
  const classes = useStyles();
  const places: Record<Place, string> = {
    'request tenant': useRouteRef(requestTenantRouteRef)(),
    requests: useRouteRef(requestsRouteRef)(),
    templates: '/create',
    tenants: useRouteRef(tenantsRouteRef)(),
  };
  const toTenant = useRouteRef(tenantRouteRef);
  const step = nextStepOf(situation);
  if (!step) return null;
  const { button, template, tenant, text, title, to } = step;
  const whole = tenant ? toTenant({ tenant }) : places[to];
  const address = template ? `/create/templates/default/${template}` : whole;
  return (
    <Paper className={classes.card}>
      <div className={classes.words}>
        <Typography variant="h5" component="h2">
          {title}
        </Typography>
        <Typography color="textSecondary">{text}</Typography>
      </div>
      <LinkButton to={address} variant="contained" color="primary">
        {button}
      </LinkButton>
    </Paper>
  );
}
