import { useApi, configApiRef } from '@backstage/core-plugin-api';
import { Grid, Paper, Typography, makeStyles } from '@material-ui/core';
import { AppList } from '../AppList';
import { ClusterProgress } from '../ClusterProgress';
import { PageFrame } from '../PageFrame';
import { NextStep } from './NextStep';
import { useHome } from './useHome';
import { WaitingRequests } from './WaitingRequests';

const useStyles = makeStyles(theme => ({
  card: { padding: theme.spacing(3), height: '100%' },
}));

/** What can I do next? */
export function HomePage() {
  const classes = useStyles();
  const title =
    useApi(configApiRef).getOptionalString('app.title') ?? 'Bailiwick';
  const { apps, packs, requests, tenants } = useHome();
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
          <NextStep
            apps={apps.value}
            requests={requests.value}
            tenants={tenants.value}
          />
        </Grid>
        <Grid item xs={12} md={6}>
          <WaitingRequests requests={requests.value} />
        </Grid>
        <Grid item xs={12}>
          <Paper className={classes.card}>
            <Typography variant="h5" component="h2">
              Your apps
            </Typography>
            {apps.value?.length ? (
              <AppList apps={apps.value} />
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
