import type { AppEnvironment } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  AppView,
  CommitView,
  ReleaseView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { makeStyles, Tooltip, Typography } from '@material-ui/core';
import { Name } from '../../Name';
import { findCommit } from './historyRows';

const useStyles = makeStyles({
  root: { minWidth: 0 },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
});

/** The release or commit that runs in an environment: its message, who put it there, and why. */
export function RunningCode({
  app,
  commits,
  environment,
  releases,
}: {
  app: AppView;
  /** Newest first. */
  commits: CommitView[];
  environment: AppEnvironment;
  releases: ReleaseView[];
}) {
  const classes = useStyles();
  const status = app.status?.environments?.find(
    ({ name }) => name === environment.name,
  );
  const name = status?.release ?? environment.release;
  const release = releases.find(one => one.name === name);
  const revision = name
    ? release?.commit
    : status?.revision ?? app.spec.source.revision;
  const commit = findCommit(commits, revision);
  const lines = [
    commit && { key: 'message', title: commit.message, text: commit.message },
    authorOf(environment, name ? undefined : commit),
  ];
  return (
    <div className={classes.root}>
      <Typography variant="subtitle2" component="p">
        <Tooltip title={revision ? `Commit ${revision}` : ''}>
          <span>{name ?? `draft, commit ${revision?.slice(0, 8)}`}</span>
        </Tooltip>
      </Typography>
      {lines.map(
        line =>
          line && (
            <Typography
              key={line.key}
              className={classes.line}
              variant="body2"
              color="textSecondary"
              title={line.title}
            >
              {line.text}
            </Typography>
          ),
      )}
    </div>
  );
}

/** Who deployed a release and why, or else who pushed or wrote the commit of a draft. */
function authorOf({ because }: AppEnvironment, commit: CommitView | undefined) {
  if (commit)
    return {
      key: 'author',
      text: commit.pushedBy ? (
        <>
          Pushed by <Name of={commit.pushedBy} />
        </>
      ) : (
        `Author: ${commit.author}`
      ),
    };
  return (
    because && {
      key: 'author',
      title: because.reason,
      text: (
        <>
          Deployed by <Name of={because.by} />: {because.reason}
        </>
      ),
    }
  );
}
