import { makeStyles, Typography } from '@material-ui/core';
import { HealthIcon } from '@bailiwick/backstage-plugin-bailiwick-react';
import { healthsWorstFirst, countHealth, type AppGroup } from './fleetGroups';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
  },
  count: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
  },
  title: { overflowWrap: 'anywhere' },
}));

/** Heading of a group: its title, and the number of apps by health. */
export function GroupHeading({
  group,
  title,
}: {
  group: AppGroup;
  title: string;
}) {
  const classes = useStyles();
  const counts = countHealth(group.apps);
  return (
    <span className={classes.root}>
      <Typography
        variant="subtitle2"
        component="span"
        className={classes.title}
      >
        {title}
      </Typography>
      {healthsWorstFirst
        .filter(health => counts[health] > 0)
        .map(health => (
          <Typography
            key={health}
            variant="caption"
            component="span"
            className={classes.count}
          >
            <HealthIcon health={health} />
            {counts[health]} {health.toLowerCase()}
          </Typography>
        ))}
    </span>
  );
}
