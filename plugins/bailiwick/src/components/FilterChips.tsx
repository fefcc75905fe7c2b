import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Chip, makeStyles } from '@material-ui/core';
import CheckIcon from '@material-ui/icons/Check';
import { SelectField } from './SelectField';
import { useFilters, type FilterChoice, type Filters } from './useFilters';

const useStyles = makeStyles({ chip: { margin: 0 } });

/** Toggle filters, each with the number of matches. */
export function FilterChips<T>({
  choice,
  filters,
  items,
}: {
  choice?: FilterChoice<T>;
  filters: Filters<T>;
  /** All that the reader sees. */
  items: T[];
}) {
  const classes = useStyles();
  const { chosen, clear, pick, picked, toggle } = useFilters(filters, choice);
  const now = Date.now();
  const values = choice ? [...new Set(items.map(choice.of))].sort() : [];
  return (
    <Stack direction="row" spacing={1} role="group" aria-label="Filters">
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
            onClick={() => toggle(key)}
          />
        );
      })}
      {choice && (
        <SelectField
          hidesLabel
          label={choice.title}
          value={values.includes(picked) ? picked : ''}
          options={[
            { value: '', label: choice.all },
            ...values.map(value => ({
              value,
              label: choice.labelOf?.(value) ?? value,
            })),
          ]}
          onChange={pick}
        />
      )}
      {(chosen.length > 0 || picked) && (
        <Button size="small" onClick={clear}>
          Clear filters
        </Button>
      )}
    </Stack>
  );
}
