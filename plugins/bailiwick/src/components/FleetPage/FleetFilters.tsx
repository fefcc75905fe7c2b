import type { FleetRow } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, TextField } from '@material-ui/core';
import Autocomplete, {
  createFilterOptions,
} from '@material-ui/lab/Autocomplete';
import {
  choiceTitles,
  fleetChoices,
  valuesOf,
  type FleetChoice,
} from './fleetCriteria';
import { collate } from './fleetGroups';
import type { FleetViewState } from './useFleetView';

const useStyles = makeStyles({
  search: { flex: '1 1 200px', maxWidth: 320 },
  choice: { flex: '1 1 150px', maxWidth: 220 },
});

/** Maximum number of shown options; typing narrows them. */
const filterOptions = createFilterOptions<string>({ limit: 100 });

function optionsOf(choice: FleetChoice, rows: FleetRow[]): string[] {
  const options = new Set<string>();
  for (const row of rows)
    for (const value of valuesOf(choice, row)) options.add(value);
  return [...options];
}

/** Search, and a choice of each kind of which there is more than one. */
export function FleetFilters({
  rows,
  view,
  wordsOf,
}: {
  /** All that the reader sees. */
  rows: FleetRow[];
  view: FleetViewState;
  /** Returns the label of a choice's value. */
  wordsOf: (choice: FleetChoice, value: string) => string;
}) {
  const classes = useStyles();
  return (
    <Stack direction="row" spacing={1.5} role="group" aria-label="Filters">
      <TextField
        className={classes.search}
        size="small"
        variant="outlined"
        id="search-apps"
        type="search"
        label="Search apps"
        value={view.criteria.search}
        onChange={({ target }) => view.setSearch(target.value)}
      />
      {fleetChoices.map(choice => {
        const words = (value: string) => wordsOf(choice, value);
        const options = optionsOf(choice, rows).sort((a, b) =>
          collate(words(a), words(b)),
        );
        const chosen = view.criteria[choice];
        if (options.length < 2 && !chosen) return null;
        return (
          <Autocomplete
            key={choice}
            className={classes.choice}
            size="small"
            id={`filter-${choice}`}
            options={options}
            filterOptions={filterOptions}
            getOptionLabel={words}
            getOptionSelected={(option, value) => option === value}
            value={chosen || null}
            onChange={(_, value) => view.setChoice(choice, value ?? '')}
            renderInput={params => (
              <TextField
                {...params}
                variant="outlined"
                label={choiceTitles[choice]}
              />
            )}
          />
        );
      })}
      {view.isFiltered && (
        <Button size="small" onClick={view.clearFilters}>
          Clear filters
        </Button>
      )}
    </Stack>
  );
}
