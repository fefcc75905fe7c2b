import { useApi, configApiRef } from '@backstage/core-plugin-api';
import { Grid, makeStyles, Paper, Typography } from '@material-ui/core';
import Skeleton from '@material-ui/lab/Skeleton';
import { AppList } from '../AppList';
import { ClusterProgress } from '../ClusterProgress';
import { PageFrame } from '../PageFrame';
import { FirstSteps } from './FirstSteps';
import { HomeRequests } from './HomeRequests';
import { NextStepCard } from './NextStepCard';
import { useHome } from './useHome';

const useStyles = makeStyles(theme => ({
  card: { padding: theme.spacing(3), height: '100%' },
}));

/** What can I do next? */
export function HomePage() {
  const classes = useStyles();
  const title =
    useApi(configApiRef).getOptionalString('app.title') ?? 'Bailiwick';
  const { packs, plans, requests, situation } = useHome();
  const domains = packs.value?.map(({ spec }) => spec.title).join(', ');
  return (
    <PageFrame
      title={title}
      subtitle={
        domains
          ? `Turn a little Python into rows that colleagues read in their own tools. Domains here: ${domains}.`
          : 'Turn a little Python into rows that colleagues read in their own tools.'
      }
    >
      <ClusterProgress />
      <Grid container spacing={3}>
        <Grid item xs={12} md={6}>
          {situation ? (
            <NextStepCard situation={situation} />
          ) : (
            <Skeleton variant="rect" height={200} />
          )}
        </Grid>
        <Grid item xs={12} md={6}>
          <HomeRequests
            plans={plans.value ?? []}
            requests={requests.value}
            tenants={situation?.tenants}
          />
        </Grid>
        {situation && <FirstSteps situation={situation} />}
        <Grid item xs={12}>
          <Paper className={classes.card}>
            <Typography variant="h5" component="h2">
              Your apps
            </Typography>
            {situation?.apps.length ? (
              <AppList apps={situation.apps} />
            ) : (
              <Typography color="textSecondary">
                Apps of your tenants show here with their health. There are none
                yet.
              </Typography>
            )}
          </Paper>
        </Grid>
      </Grid>
    </PageFrame>
  );
}
