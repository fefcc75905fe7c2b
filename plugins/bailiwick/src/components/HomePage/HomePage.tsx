import { useApi, configApiRef } from '@backstage/core-plugin-api';
import { LiveContent } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Grid, makeStyles, Paper, Typography } from '@material-ui/core';
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
  const { apps, next, packs, plans, requests, situation } = useHome();
  const domains = packs.value?.map(({ spec }) => spec.title).join(', ');
  return (
    <PageFrame
      title={title}
      subtitle={
        domains
          ? `Turn Python functions into live data for your colleagues' tools. Domains here: ${domains}.`
          : "Turn Python functions into live data for your colleagues' tools."
      }
    >
      <ClusterProgress />
      <Grid container spacing={3}>
        <Grid item xs={12} md={6}>
          <LiveContent live={next} what="Your next step" skeletons={[200]}>
            {known => <NextStepCard situation={known} />}
          </LiveContent>
        </Grid>
        <Grid item xs={12} md={6}>
          <HomeRequests
            plans={plans.value ?? []}
            requests={requests}
            tenants={situation?.tenants}
          />
        </Grid>
        {situation && <FirstSteps situation={situation} />}
        <Grid item xs={12}>
          <Paper className={classes.card}>
            <Typography variant="h5" component="h2">
              Your apps
            </Typography>
            <LiveContent
              live={apps}
              what="Your apps"
              skeletons={[48]}
              isEmpty={items => items.length === 0}
              empty={
                <Typography color="textSecondary">
                  No apps yet. Apps of your tenants appear here with their
                  health.
                </Typography>
              }
            >
              {items => <AppList apps={items} />}
            </LiveContent>
          </Paper>
        </Grid>
      </Grid>
    </PageFrame>
  );
}
