import type { AppEnvironment } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  formatCommit,
  isSameCommit,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  CommitView,
  ReleaseView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { formatRelease } from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Tooltip, Typography } from '@material-ui/core';
import type { ReactNode } from 'react';
import { Name } from '../../Name';
import { findCommit } from './historyRows';

const useStyles = makeStyles(theme => ({
  root: { minWidth: 0 },
  code: { display: 'flex', alignItems: 'baseline', gap: theme.spacing(1) },
  name: { flexShrink: 0, maxWidth: '100%', overflowWrap: 'anywhere' },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  // Keeps its height while the commits load.
  author: { minHeight: 20 },
}));

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
  const published = releases.find(one => isSameCommit(one.commit, revision));
  const author = authorOf(environment, name, name ? undefined : commit);
  return (
    <div className={classes.root}>
      <div className={classes.code}>
        <Typography className={classes.name} variant="subtitle2" component="p">
          <Tooltip
            title={[name, revision && `commit ${revision}`]
              .filter(Boolean)
              .join(', ')}
          >
            <span>
              {name
                ? formatRelease(name)
                : `draft, ${
                    published
                      ? `published as ${formatRelease(published.name)}`
                      : `commit ${revision && formatCommit(revision)}`
                  }`}
            </span>
          </Tooltip>
        </Typography>
        {commit && (
          <Typography
            className={classes.line}
            variant="body2"
            color="textSecondary"
            title={commit.message}
          >
            {commit.message}
          </Typography>
        )}
      </div>
      <Typography
        className={`${classes.line} ${classes.author}`}
        variant="body2"
        color="textSecondary"
        title={author?.title}
      >
        {author?.text}
      </Typography>
    </div>
  );
}

/**
 * Returns who deployed a release and why, also that of a canary, which is not the running one; for a draft, the author of
 * the push or commit.
 */
function authorOf(
  { because, release }: AppEnvironment,
  running: string | undefined,
  commit: CommitView | undefined,
): { text: ReactNode; title?: string } | undefined {
  if (commit)
    return {
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
      title: because.reason,
      text: (
        <>
          {release && release !== running
            ? `${formatRelease(release)} deployed by `
            : 'Deployed by '}
          <Name of={because.by} />: {because.reason}
        </>
      ),
    }
  );
}
