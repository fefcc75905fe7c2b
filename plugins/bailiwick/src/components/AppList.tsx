import {
  worstHealth,
  type AppEnvironmentStatus,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { formatCommit } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppCallTotals,
  AppView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatCount,
  formatMessage,
  formatRelease,
  HealthChip,
  HealthIcon,
  withUnit,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import ArrowIcon from '@material-ui/icons/ChevronRight';
import { Fragment } from 'react';
import { AppLink } from './AppLink';

const useStyles = makeStyles(theme => ({
  list: { margin: 0, padding: 0, listStyle: 'none' },
  app: {
    display: 'grid',
    alignItems: 'center',
    gap: theme.spacing(0.5, 3),
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) auto',
    padding: theme.spacing(1.5, 0),
    borderBottom: `1px solid ${theme.palette.divider}`,
    '&:last-child': { borderBottom: 0 },
    [theme.breakpoints.down('sm')]: {
      gridTemplateColumns: 'minmax(0, 1fr) auto',
      '& > :nth-child(2)': { gridRow: 2, gridColumn: '1 / -1' },
    },
  },
  name: { fontWeight: 600, overflowWrap: 'anywhere' },
  // Keeps its line while the calls load.
  calls: { minHeight: '1.43em' },
  why: { overflowWrap: 'anywhere' },
  environments: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    color: theme.palette.text.secondary,
  },
  environment: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    color: theme.palette.text.primary,
  },
}));

/** Lists apps with their tenant, environments and health, and the reason of the worst environment unless it is healthy. */
export function AppList({
  apps,
  callsOf,
  tenantTitle = name => name,
}: {
  apps: AppView[];
  /** Calls of the last 24 hours, where they are known. */
  callsOf?: (app: AppView) => AppCallTotals | undefined;
  tenantTitle?: (name: string) => string;
}) {
  const classes = useStyles();
  return (
    <ul className={classes.list}>
      {apps.map(app => {
        const { spec, status, tenant } = app;
        const { name } = app.metadata;
        const { title } = spec;
        const worst = worstOf(status?.environments);
        return (
          <li key={`${tenant}/${name}`} className={classes.app}>
            <div>
              <Typography className={classes.name}>
                <AppLink app={{ name, tenant, title }} />
              </Typography>
              <Typography variant="body2" color="textSecondary">
                {tenantTitle(tenant)}
              </Typography>
              {callsOf && (
                <Typography
                  variant="body2"
                  color="textSecondary"
                  className={classes.calls}
                >
                  {describeCalls(callsOf(app))}
                </Typography>
              )}
            </div>
            <div>
              <Environments of={status?.environments} />
              {worst?.health !== 'Healthy' && (
                <Typography
                  variant="body2"
                  color="textSecondary"
                  className={classes.why}
                >
                  {worst
                    ? `${worst.name}: ${formatMessage(worst.why, {
                        [tenant]: tenantTitle(tenant),
                        [name]: title,
                      })}`
                    : 'Not deployed yet'}
                </Typography>
              )}
            </div>
            <HealthChip
              health={worst?.health ?? status?.health ?? 'Unknown'}
              stale={worst?.stale}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** Describes calls of the last 24 hours: `12 calls in 24 h, 1 error`; nothing while no gateway has counted. */
function describeCalls(totals: AppCallTotals | undefined): string {
  if (!totals?.since) return '';
  const { calls, errors } = totals;
  const failures = errors > 0 ? `, ${formatCount(errors, 'error')}` : '';
  return `${formatCount(calls, 'call')} in ${withUnit(24, 'h')}${failures}`;
}

/** The environments in order, each with its health and deployment. */
function Environments({
  of: environments = [],
}: {
  of?: AppEnvironmentStatus[];
}) {
  const classes = useStyles();
  return (
    <Typography
      component="div"
      variant="body2"
      className={classes.environments}
    >
      {environments.map(
        ({ health, name, release, revision, stale }, position) => (
          <Fragment key={name}>
            {position > 0 && <ArrowIcon fontSize="small" aria-hidden />}
            <span className={classes.environment}>
              <HealthIcon health={health} isStale={stale !== undefined} />
              {[name, shortRevision(release, revision)]
                .filter(Boolean)
                .join(' ')}
            </span>
          </Fragment>
        ),
      )}
    </Typography>
  );
}

/** Describes a release, as `r3`, or the first characters of a commit. */
function shortRevision(release?: string, commit?: string): string | undefined {
  if (release) return formatRelease(release);
  return commit && formatCommit(commit);
}

/** Returns the environment that an app's health comes from. */
function worstOf(
  environments: AppEnvironmentStatus[] = [],
): AppEnvironmentStatus | undefined {
  const health = worstHealth(environments.map(one => one.health));
  return environments.find(one => one.health === health);
}
