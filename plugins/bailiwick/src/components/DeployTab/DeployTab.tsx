import { useEntity } from '@backstage/plugin-catalog-react';
import type { DeploymentView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  LiveContent,
  LiveMark,
  useLiveValue,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Grid, makeStyles, Typography } from '@material-ui/core';
import { appOf } from '../../entity';
import { DeleteButton } from './DeleteButton';
import { Details } from './details';
import { Pipeline } from './pipeline';
import { RunsCard } from './RunsCard';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    justifyContent: 'space-between',
    marginBottom: theme.spacing(2),
  },
}));

/** What runs where, and may I move it? The environments of an app, and below them what there is to know of it, live. */
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

function Deployment({ view }: { view: DeploymentView }) {
  const { app, pipeline, pods, work } = view;
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
        <Details view={view} />
      </Grid>
      {app.mayBuild && (
        <Grid item xs={12}>
          <DeleteButton app={app} />
        </Grid>
      )}
    </Grid>
  );
}
