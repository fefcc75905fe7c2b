import { useEntity } from '@backstage/plugin-catalog-react';
import type { DeploymentView } from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  LiveContent,
  LiveMark,
  useLiveValue,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Grid, makeStyles, Typography } from '@material-ui/core';
import { useState } from 'react';
import { appOf } from '../../entity';
import { ConditionsCard } from './ConditionsCard';
import { EnvironmentPanel } from './EnvironmentPanel';
import { EventsCard } from './EventsCard';
import { PodLog } from './PodLog';
import { PodsCard } from './PodsCard';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    justifyContent: 'space-between',
    marginBottom: theme.spacing(2),
  },
}));

/** What runs where? Environments, pods, events and logs of an app, live. */
export function DeployTab() {
  const classes = useStyles();
  const { entity } = useEntity();
  const place = appOf(entity);
  const live = useLiveValue<DeploymentView>(
    place && `/tenants/${place.tenant}/apps/${place.app}`,
  );
  return (
    <>
      <div className={classes.bar}>
        <Typography variant="h5" component="h2">
          What runs where
        </Typography>
        <LiveMark live={live} />
      </div>
      <LiveContent live={live} what="What runs">
        {view => <Deployment view={view} />}
      </LiveContent>
    </>
  );
}

function Deployment({ view: { app, events, pods } }: { view: DeploymentView }) {
  const [logOf, setLogOf] = useState<string>();
  const pod = pods.find(({ name }) => name === logOf);
  return (
    <Grid container spacing={3}>
      {app.spec.environments.map(environment => (
        <Grid item xs={12} md={6} key={environment.name}>
          <EnvironmentPanel
            app={app}
            environment={environment}
            status={app.status?.environments?.find(
              ({ name }) => name === environment.name,
            )}
          />
        </Grid>
      ))}
      <Grid item xs={12}>
        <PodsCard pods={pods} opened={logOf} onLog={setLogOf} />
      </Grid>
      {pod && (
        <Grid item xs={12}>
          <PodLog
            key={pod.name}
            app={app}
            pod={pod}
            onClose={() => setLogOf(undefined)}
          />
        </Grid>
      )}
      <Grid item xs={12} md={7}>
        <EventsCard events={events} pods={pods} />
      </Grid>
      <Grid item xs={12} md={5}>
        <ConditionsCard conditions={app.status?.conditions} />
      </Grid>
    </Grid>
  );
}
