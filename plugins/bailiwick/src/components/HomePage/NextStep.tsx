import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  mayBuildAs,
  type AppView,
  type RequestView,
  type TenantView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { makeStyles, Paper, Typography } from '@material-ui/core';
import Skeleton from '@material-ui/lab/Skeleton';
import {
  appsRouteRef,
  requestsRouteRef,
  requestTenantRouteRef,
  tenantsRouteRef,
} from '../../routes';

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
}));

interface Step {
  title: string;
  text: string;
  button: string;
  to: string;
}

/** The one thing to do next: ask for a tenant, wait, make an app, look after apps. */
export function NextStep({
  apps,
  requests,
  tenants,
}: {
  apps?: AppView[];
  requests?: RequestView[];
  tenants?: TenantView[];
}) {
  const classes = useStyles();
  const toRequest = useRouteRef(requestTenantRouteRef)();
  const toRequests = useRouteRef(requestsRouteRef)();
  const toTenants = useRouteRef(tenantsRouteRef)();
  const toApps = useRouteRef(appsRouteRef)();
  if (!tenants || !apps || !requests) {
    return <Skeleton variant="rect" height={200} />;
  }

  const mine = tenants.filter(({ myRole }) => myRole);
  const builds = mine.some(({ myRole }) => mayBuildAs(myRole));
  const open = requests.some(
    ({ mine: isMine, status }) =>
      isMine && ['Open', 'Approved', undefined].includes(status?.phase),
  );
  const steps: [boolean, Step][] = [
    [
      requests.some(({ mayDecide }) => mayDecide),
      {
        title: 'Decide what waits for you',
        text: 'Somebody asked for something that you may decide. Look at what would change and approve or deny it.',
        button: 'See requests',
        to: toRequests,
      },
    ],
    [
      mine.length === 0 && open,
      {
        title: 'Your request is on its way',
        text: 'A platform engineer decides about it. The tenant appears here as soon as it is approved.',
        button: 'See your request',
        to: toRequests,
      },
    ],
    [
      mine.length === 0,
      {
        title: 'Ask for a tenant',
        text: 'A tenant is the place for your team: environments, members and limits. It takes a minute to ask for one.',
        button: 'Request a tenant',
        to: toRequest,
      },
    ],
    [
      builds && apps.length === 0,
      {
        title: 'Make your first app',
        text: 'Pick a template of your domain and fill a short form; the portal makes the rest.',
        button: 'Pick a template',
        to: '/create',
      },
    ],
    [
      apps.length === 0,
      {
        title: 'Read what others make',
        text: 'Your tenants have no app yet. As soon as a builder makes one, its results can be read here and in your own tools.',
        button: 'See tenants',
        to: toTenants,
      },
    ],
    [
      true,
      {
        title: 'Look after your apps',
        text: `${apps.length} ${
          apps.length === 1 ? 'app is' : 'apps are'
        } in your tenants. See whether all is right${
          builds ? ', or make another' : ', and read their results'
        }.`,
        button: 'See apps',
        to: toApps,
      },
    ],
  ];
  const [, step] = steps.find(([applies]) => applies)!;
  return (
    <Paper className={classes.card}>
      <Typography variant="overline">Your next step</Typography>
      <Typography variant="h5" component="h2">
        {step.title}
      </Typography>
      <Typography>{step.text}</Typography>
      <LinkButton to={step.to} variant="contained" color="primary">
        {step.button}
      </LinkButton>
    </Paper>
  );
}
