import {
  healthWords,
  type Health,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { HealthIcon, Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Chip, makeStyles } from '@material-ui/core';
import CheckIcon from '@material-ui/icons/Check';
import { hasHealth, type ShownApp } from './fleetCriteria';

const useStyles = makeStyles({ chip: { margin: 0 } });

/** Numbers of apps by health; each is a filter. */
export function HealthFilters({
  apps,
  chosen,
  onToggle,
}: {
  /** Those of any health. */
  apps: ShownApp[];
  chosen: Health[];
  onToggle: (health: Health) => void;
}) {
  const classes = useStyles();
  return (
    <Stack direction="row" spacing={1} role="group" aria-label="Health">
      {healthWords.map(health => {
        const isChosen = chosen.includes(health);
        const count = apps.filter(app => hasHealth(app, health)).length;
        return (
          <Chip
            key={health}
            clickable
            className={classes.chip}
            label={`${health} (${count})`}
            color={isChosen ? 'primary' : 'default'}
            variant={isChosen ? 'default' : 'outlined'}
            icon={isChosen ? <CheckIcon /> : <HealthIcon health={health} />}
            aria-pressed={isChosen}
            onClick={() => onToggle(health)}
          />
        );
      })}
    </Stack>
  );
}
