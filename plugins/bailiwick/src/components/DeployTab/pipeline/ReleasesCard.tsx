import { formatCommit } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  CommitView,
  PipelineView,
  ReleaseView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  FirstRows,
  formatRelease,
  RelativeTime,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Typography } from '@material-ui/core';
import { useState } from 'react';
import { Name } from '../../Name';
import { TabCard } from '../../TabCard';
import { findCommit } from './historyRows';
import { environmentIn, isRollback, placesOf } from './stages';
import { PromotionDialog } from './PromotionDialog';

const useStyles = makeStyles(theme => ({
  empty: { padding: theme.spacing(2) },
}));

/** The releases of an app, and the way of each into an environment: forward, or back. */
export function ReleasesCard({
  app,
  commits,
  pipeline,
}: {
  app: AppView;
  /** Newest first. */
  commits: CommitView[];
  pipeline: PipelineView;
}) {
  const classes = useStyles();
  const [chosen, setChosen] = useState<{ release: string; stage: string }>();
  const stage = pipeline.stages.find(({ name }) => name === chosen?.stage);
  const labelOf = (release: string, to: string) =>
    isRollback(pipeline, release, environmentIn(app, to)?.release)
      ? `Roll ${to} back`
      : `Promote to ${to}`;
  return (
    <TabCard title="Releases" noPadding>
      {pipeline.releases.length === 0 ? (
        <Typography color="textSecondary" className={classes.empty}>
          There are no releases yet. A release is a fixed version of the code
          and its contract; publish a running draft to create one.
        </Typography>
      ) : (
        <FirstRows<ReleaseView>
          label="Releases"
          rows={pipeline.releases}
          idOf={({ name }) => name}
          columns={[
            { title: 'Release', text: ({ name }) => formatRelease(name) },
            {
              title: 'Commit',
              text: ({ commit }) =>
                [formatCommit(commit), findCommit(commits, commit)?.message]
                  .filter(Boolean)
                  .join(' '),
            },
            { title: 'Format', text: describeFormat },
            {
              title: 'Template',
              text: ({ archetype }) => `${archetype.pack} ${archetype.version}`,
            },
            {
              title: 'Published by',
              text: ({ createdBy }) => createdBy,
              cell: ({ createdBy }) => <Name of={createdBy} />,
            },
            {
              title: 'Published',
              text: ({ createdAt }) => createdAt,
              cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
            },
            {
              title: 'Deployed in',
              text: ({ name }) => placesOf(app, name).join(', ') || '–',
            },
            {
              title: 'Deploy',
              text: () => '',
              cell: ({ name }) => (
                <Stack direction="row" spacing={1}>
                  {pipeline.stages
                    .filter(
                      one =>
                        !one.refusal &&
                        !one.asked &&
                        environmentIn(app, one.name)?.release !== name,
                    )
                    .map(one => (
                      <Button
                        key={one.name}
                        size="small"
                        variant="outlined"
                        aria-label={`${labelOf(
                          name,
                          one.name,
                        )}: ${formatRelease(name)}`}
                        onClick={() =>
                          setChosen({ release: name, stage: one.name })
                        }
                      >
                        {labelOf(name, one.name)}
                      </Button>
                    ))}
                </Stack>
              ),
            },
          ]}
        />
      )}
      {chosen && stage && (
        <PromotionDialog
          app={app}
          pipeline={pipeline}
          stage={stage}
          initialRelease={chosen.release}
          onClose={() => setChosen(undefined)}
        />
      )}
    </TabCard>
  );
}

function describeFormat({
  build,
  dockerfile,
  format,
  image,
}: ReleaseView): string {
  if (format !== 'image') return 'Code bundle';
  const content = dockerfile ? 'Image with Dockerfile' : 'Image';
  if (image) return content;
  if (build === 'Failed') return `${content}, failed to build`;
  return build === 'Cancelled'
    ? `${content}, build cancelled`
    : `${content}, not built yet`;
}
