import { Button, Chip, makeStyles } from '@material-ui/core';
import CheckIcon from '@material-ui/icons/Check';
import type { ReactNode } from 'react';
import type { Filters } from './useFilters';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
  chip: { margin: 0 },
}));

/** Filters to switch on and off, each with the count of what fits. */
export function FilterChips<T>({
  children,
  chosen,
  filters,
  isClear = chosen.length === 0,
  items,
  onClear,
  onToggle,
}: {
  /** Other ways to pick. */
  children?: ReactNode;
  chosen: string[];
  filters: Filters<T>;
  /** Whether nothing is picked. */
  isClear?: boolean;
  /** All that the reader sees. */
  items: T[];
  onClear: () => void;
  onToggle: (key: string) => void;
}) {
  const classes = useStyles();
  const now = Date.now();
  return (
    <div className={classes.root} role="group" aria-label="Filters">
      {Object.entries(filters).map(([key, { fits, title }]) => {
        const isChosen = chosen.includes(key);
        const count = items.filter(item => fits(item, now)).length;
        return (
          <Chip
            key={key}
            clickable
            className={classes.chip}
            label={`${title} (${count})`}
            color={isChosen ? 'primary' : 'default'}
            variant={isChosen ? 'default' : 'outlined'}
            icon={isChosen ? <CheckIcon /> : undefined}
            aria-pressed={isChosen}
            onClick={() => onToggle(key)}
          />
        );
      })}
      {children}
      {!isClear && (
        <Button size="small" onClick={onClear}>
          Clear the filters
        </Button>
      )}
    </div>
  );
}
