import { useEntity } from '@backstage/plugin-catalog-react';
import type { DeploymentView } from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  LiveContent,
  LiveMark,
  useLiveValue,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Grid, makeStyles, Typography } from '@material-ui/core';
import { appOf } from '../../entity';
import { ConditionsCard } from './ConditionsCard';
import { DeleteButton } from './DeleteButton';
import { HistoryCard, Pipeline, ReleasesCard } from './pipeline';
import { EventsCard, PodsSection } from './pods';
import { RunsCard } from './RunsCard';

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

function Deployment({
  view: { app, events, pipeline, pods, work },
}: {
  view: DeploymentView;
}) {
  return (
    <Grid container spacing={3}>
      <Grid item xs={12}>
        <Pipeline app={app} pipeline={pipeline} pods={pods} />
      </Grid>
      {work && (
        <Grid item xs={12}>
          <RunsCard app={app} work={work} />
        </Grid>
      )}
      <Grid item xs={12}>
        <PodsSection app={app} events={events} pods={pods} />
      </Grid>
      <Grid item xs={12}>
        <ReleasesCard app={app} pipeline={pipeline} />
      </Grid>
      <Grid item xs={12}>
        <HistoryCard app={app} />
      </Grid>
      <Grid item xs={12} md={7}>
        <EventsCard events={events} pods={pods} />
      </Grid>
      <Grid item xs={12} md={5}>
        <ConditionsCard conditions={app.status?.conditions} />
      </Grid>
      {app.mayBuild && (
        <Grid item xs={12}>
          <DeleteButton app={app} />
        </Grid>
      )}
    </Grid>
  );
}
