import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  formatCount,
  LiveContent,
  Stack,
  useAddress,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Chip, InputAdornment, TextField, Typography } from '@material-ui/core';
import SearchIcon from '@material-ui/icons/Search';
import Alert from '@material-ui/lab/Alert';
import { useReadability } from '../access/useReadability';
import { PageFrame } from '../PageFrame';
import { EntryAccess } from './EntryAccess';
import { EntryList } from './EntryList';
import type { SearchEntry } from './SearchEntry';
import { searchFilterOf, searchFilters } from './searchFilters';
import { searchPrompt } from './searchPrompt';
import { useFavoriteEntries } from './useFavoriteEntries';
import { useRecentEntries } from './useRecentEntries';
import { useSearchResults } from './useSearchResults';

const limit = 50;

/** Results of all kinds that the reader can see; query and filter are in the address. */
export function SearchPage() {
  const [params, change] = useAddress();
  const query = params.get('query') ?? '';
  const term = query.trim();
  const filter = searchFilterOf(params.get('kind'));
  const isEnabled = term !== '' || filter !== searchFilters[0];
  const readabilityOf = useReadability();
  const results = useSearchResults(term, filter, {
    isEnabled,
    limit,
    readabilityOf,
  });
  const { add, recent } = useRecentEntries();
  const favorites = useFavoriteEntries();
  const entries = isEnabled ? results.entries : undefined;
  return (
    <PageFrame title="Search">
      <Stack spacing={3}>
        <TextField
          fullWidth
          id="bailiwick-search-query"
          variant="outlined"
          type="search"
          placeholder={searchPrompt}
          value={query}
          onChange={({ target }) => change({ query: target.value })}
          inputProps={{ 'aria-label': 'Search', maxLength: 100 }}
          InputProps={{
            startAdornment: (
              <InputAdornment position="start">
                <SearchIcon />
              </InputAdornment>
            ),
          }}
        />
        <Stack direction="row" spacing={1} role="group" aria-label="Kinds">
          {searchFilters.map(({ id, label }) => {
            const isChosen = id === filter.id;
            return (
              <Chip
                key={id}
                clickable
                style={{ margin: 0 }}
                label={label}
                color={isChosen ? 'primary' : 'default'}
                variant={isChosen ? 'default' : 'outlined'}
                aria-pressed={isChosen}
                onClick={() =>
                  change({ kind: id === searchFilters[0].id ? '' : id })
                }
              />
            );
          })}
        </Stack>
        <div>
          <div role="status" aria-live="polite">
            {isEnabled && entries?.length === 0 && !results.loading && (
              <Typography color="textSecondary">
                {term
                  ? `No results for “${term}”. Check the spelling, or use fewer words.`
                  : 'No results'}
              </Typography>
            )}
          </div>
          {isEnabled && !entries && (
            <LiveContent
              live={{ error: results.error, value: entries }}
              what="Results"
              skeletons={[64, 64, 64]}
            >
              {() => null}
            </LiveContent>
          )}
          {entries && results.error && (
            <Alert severity="error">
              Can’t search for “{term}”: {withFullStop(results.error.message)}{' '}
              Showing the previous results.
            </Alert>
          )}
          {entries && entries.length > 0 && (
            <EntryList
              title={
                entries.length < limit
                  ? formatCount(entries.length, 'result')
                  : `First ${limit} results`
              }
              entries={entries}
              onOpen={add}
              actionOf={entry => (
                <EntryAccess
                  entry={entry}
                  hasAction={isFirstOfApp(entry, entries)}
                />
              )}
            />
          )}
        </div>
        {!isEnabled && favorites.length > 0 && (
          <EntryList title="Favorites" entries={favorites} onOpen={add} />
        )}
        {!isEnabled && favorites.length + recent.length === 0 && (
          <Typography color="textSecondary">
            Results that you open appear here. Press ⌘K or Ctrl+K to search on
            any page.
          </Typography>
        )}
        {!isEnabled && recent.length > 0 && (
          <EntryList title="Recent" entries={recent} onOpen={add} />
        )}
      </Stack>
    </PageFrame>
  );
}

/** Whether an entry is the first about its app; the ones after it need not offer the same again. */
function isFirstOfApp(entry: SearchEntry, entries: SearchEntry[]): boolean {
  const { app } = entry;
  const isSame = (other: SearchEntry) =>
    other.app?.tenant === app?.tenant && other.app?.name === app?.name;
  return entries.find(isSame) === entry;
}
