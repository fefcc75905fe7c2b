import {
  healthWords,
  type Health,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { HealthIcon } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Chip, makeStyles } from '@material-ui/core';
import CheckIcon from '@material-ui/icons/Check';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  chip: { margin: 0 },
}));

/** How many apps have each health; each a filter to switch on and off. */
export function HealthFilters({
  chosen,
  counts,
  onToggle,
}: {
  chosen: Health[];
  counts: Record<Health, number>;
  onToggle: (health: Health) => void;
}) {
  const classes = useStyles();
  return (
    <div className={classes.root} role="group" aria-label="Health">
      {healthWords.map(health => {
        const isChosen = chosen.includes(health);
        return (
          <Chip
            key={health}
            clickable
            className={classes.chip}
            label={`${health} (${counts[health]})`}
            color={isChosen ? 'primary' : 'default'}
            variant={isChosen ? 'default' : 'outlined'}
            icon={isChosen ? <CheckIcon /> : <HealthIcon health={health} />}
            aria-pressed={isChosen}
            onClick={() => onToggle(health)}
          />
        );
      })}
    </div>
  );
}
