import { Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { formatCommit } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  BuildView,
  CommitView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  FirstRows,
  RelativeTime,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { guideRouteRef } from '../../../routeRefs';
import { TabCard } from '../../TabCard';
import { PhaseIcon } from '../../PhaseIcon';
import { formatRunDuration } from '../runs/describeRun';
import { findCommit } from '../pipeline/historyRows';
import { BuildDrawer } from './BuildDrawer';
import { BuildResult } from './BuildResult';
import { CancelBuildButton } from './CancelBuildButton';
import {
  describeBuild,
  describeContent,
  describePackages,
} from './describeBuild';

const useStyles = makeStyles(theme => ({
  result: {
    display: '-webkit-box',
    overflow: 'hidden',
    overflowWrap: 'anywhere',
    minWidth: 160,
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 3,
  },
  intro: { padding: theme.spacing(2) },
}));

/** Lists the builds of the packages and images of an app, with their results, and actions to cancel one and to build again. */
export function BuildsCard({
  app,
  builds,
  commits,
}: {
  app: AppView;
  builds: BuildView[];
  /** Newest first. */
  commits: CommitView[];
}) {
  const classes = useStyles();
  const client = useApi(bailiwickApiRef);
  const toGuide = useRouteRef(guideRouteRef);
  const { name } = app.metadata;
  const { tenant } = app;
  const [opened, setOpened] = useState<string>();
  const shown = builds.find(one => one.name === opened);
  const [repeated, repeat] = useAsyncFn(
    (build: string) => client.repeatBuild(tenant, name, build),
    [client, tenant, name],
  );
  return (
    <TabCard title="Builds" noPadding>
      <div className={classes.intro}>
        <Typography color="textSecondary">
          To use more Python packages than those of the runtime, name them in
          requirements.txt. They are installed when you commit the file. Images
          are built when you publish a release as an image.
        </Typography>
        <Link to={`${toGuide({ guide: 'functions' })}#packages`}>
          Learn about packages
        </Link>
      </div>
      {repeated.error && (
        <Alert severity="error">{repeated.error.message}</Alert>
      )}
      {builds.length > 0 && (
        <FirstRows<BuildView>
          label="Builds"
          rows={builds}
          idOf={one => one.name}
          columns={[
            {
              title: 'Result',
              text: describeBuild,
              // The whole reason is in the details.
              cell: build => (
                <Stack
                  direction="row"
                  spacing={1}
                  align="start"
                  style={{ flexWrap: 'nowrap' }}
                >
                  <PhaseIcon of={build.phase} />
                  <div className={classes.result}>
                    <BuildResult of={build} />
                  </div>
                </Stack>
              ),
            },
            { title: 'Content', text: describeContent },
            { title: 'Packages', text: describePackages },
            {
              title: 'Commit',
              text: ({ commit }) =>
                [formatCommit(commit), findCommit(commits, commit)?.message]
                  .filter(Boolean)
                  .join(' '),
            },
            {
              title: 'Started',
              text: ({ createdAt }) => createdAt,
              cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
            },
            {
              title: 'Duration',
              text: ({ finishedAt, startedAt }) =>
                formatRunDuration({ status: { finishedAt, startedAt } }),
              align: 'right',
            },
            {
              title: 'Actions',
              text: () => '',
              cell: build => (
                <Stack direction="row" spacing={1}>
                  <Button
                    size="small"
                    variant="outlined"
                    aria-label={`Details of ${build.name}`}
                    onClick={() => setOpened(build.name)}
                  >
                    Details
                  </Button>
                  {app.canBuild && isRepeatable(build) && (
                    <Button
                      size="small"
                      variant="outlined"
                      disabled={repeated.loading}
                      aria-label={`Build again: ${build.name}`}
                      onClick={() => repeat(build.name)}
                    >
                      Build again
                    </Button>
                  )}
                  {app.canBuild && !build.finishedAt && (
                    <CancelBuildButton app={app} build={build} />
                  )}
                </Stack>
              ),
            },
          ]}
        />
      )}
      {shown && (
        <BuildDrawer
          app={app}
          build={shown}
          onClose={() => setOpened(undefined)}
        />
      )}
    </TabCard>
  );
}

/** The image of a release is fixed once it is built. */
function isRepeatable({
  finishedAt,
  image,
  phase,
  superseded,
}: BuildView): boolean {
  const isFixed = image && phase === 'Succeeded';
  return Boolean(finishedAt) && !isFixed && !superseded;
}
