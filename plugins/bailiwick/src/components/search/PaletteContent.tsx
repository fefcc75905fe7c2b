import {
  IconButton,
  InputBase,
  LinearProgress,
  ListItem,
  makeStyles,
  Typography,
} from '@material-ui/core';
import CloseIcon from '@material-ui/icons/Close';
import SearchIcon from '@material-ui/icons/Search';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import { useReadability } from '../access/useReadability';
import { EntryAccess } from './EntryAccess';
import { EntrySummary } from './EntrySummary';
import type { SearchEntry } from './SearchEntry';
import { searchFilters } from './searchFilters';
import { searchPrompt } from './searchPrompt';
import { useFavoriteEntries } from './useFavoriteEntries';
import { useRecentEntries } from './useRecentEntries';
import { useSearchResults } from './useSearchResults';

const limit = 8;
const listId = 'bailiwick-search-results';
const optionId = (index: number) => `${listId}-${index}`;

const useStyles = makeStyles(theme => ({
  field: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(1, 2),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  input: { flex: 1, fontSize: theme.typography.h6.fontSize },
  progress: { height: 2, marginTop: -2 },
  list: { overflow: 'auto', padding: theme.spacing(1, 0), minHeight: 0 },
  heading: { padding: theme.spacing(1, 2, 0.5) },
  option: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: theme.spacing(0.5, 1),
    padding: theme.spacing(1, 2),
    borderLeft: `3px solid transparent`,
    '&[aria-selected=true]': {
      background: theme.palette.action.hover,
      borderLeftColor: theme.palette.primary.main,
    },
  },
  summary: { flex: '1 1 240px', minWidth: 0 },
  empty: { padding: theme.spacing(2) },
  keys: {
    display: 'flex',
    gap: theme.spacing(2),
    padding: theme.spacing(1, 2),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
}));

/** Search field and results; before typing, favorites and recent items. */
export function PaletteContent({ onClose }: { onClose: () => void }) {
  const classes = useStyles();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  /** Index of the entry that the reader selected; absent until then. */
  const [selected, setSelected] = useState<number>();
  /** Whether to open the first result when it arrives, because the reader pressed Enter before. */
  const [isWaiting, setWaiting] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const selectedRow = useRef<HTMLDivElement>(null);
  const term = query.trim();
  const isEnabled = term !== '';
  const readabilityOf = useReadability();
  const results = useSearchResults(term, searchFilters[0], {
    isEnabled,
    limit,
    readabilityOf,
  });
  const { add, recent } = useRecentEntries();
  const favorites = useFavoriteEntries();
  const groups = isEnabled
    ? [{ title: 'Results', entries: results.entries ?? [] }]
    : [
        { title: 'Favorites', entries: favorites },
        { title: 'Recent', entries: recent },
      ];
  const entries = groups.flatMap(group => group.entries);
  const current = Math.min(selected ?? 0, entries.length - 1);

  // Results of an earlier term aren't what the reader asked for, unless they select one.
  const isSettled = !isEnabled || (results.term === term && !results.loading);
  const open = (entry: SearchEntry) => {
    add(entry);
    onClose();
    navigate(entry.location);
  };
  useEffect(() => input.current?.focus(), []);
  useEffect(() => setSelected(undefined), [results.term]);
  const first = isWaiting && isSettled ? entries[0] : undefined;
  useEffect(() => {
    if (first) open(first);
    // Opening closes the dialog, so the first result is opened once.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [first]);
  useEffect(() => {
    // Chromium returns a promise, which React would mistake for the effect's clean-up.
    selectedRow.current?.scrollIntoView?.({ block: 'nearest' });
  }, [current]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && entries.length > 0) {
      event.preventDefault();
      setSelected((current + step + entries.length) % entries.length);
    }
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const isChosen = isSettled || selected !== undefined;
    if (!isChosen) setWaiting(true);
    else if (entries[current]) open(entries[current]);
  };

  let index = -1;
  return (
    <>
      <div className={classes.field}>
        <SearchIcon color="action" />
        <InputBase
          inputRef={input}
          className={classes.input}
          placeholder={searchPrompt}
          value={query}
          onChange={({ target }) => {
            setQuery(target.value);
            setSelected(undefined);
            setWaiting(false);
          }}
          onKeyDown={onKeyDown}
          inputProps={{
            'aria-label': 'Search',
            'aria-activedescendant':
              current >= 0 ? optionId(current) : undefined,
            'aria-autocomplete': 'list',
            'aria-controls': listId,
            'aria-expanded': entries.length > 0,
            maxLength: 100,
            role: 'combobox',
          }}
        />
        <IconButton size="small" aria-label="Close search" onClick={onClose}>
          <CloseIcon />
        </IconButton>
      </div>
      {!isSettled && (
        <LinearProgress className={classes.progress} aria-label="Searching" />
      )}
      <div
        id={listId}
        className={classes.list}
        role="listbox"
        aria-label="Search results"
      >
        {groups
          .filter(group => group.entries.length > 0)
          .map(group => (
            <div key={group.title} role="group" aria-label={group.title}>
              <Typography
                className={classes.heading}
                variant="body2"
                color="textSecondary"
                aria-hidden
              >
                {group.title}
              </Typography>
              {group.entries.map(entry => {
                index += 1;
                const own = index;
                return (
                  <ListItem
                    key={entry.location}
                    button
                    component="div"
                    id={optionId(own)}
                    ref={own === current ? selectedRow : undefined}
                    className={classes.option}
                    role="option"
                    tabIndex={-1}
                    aria-selected={own === current}
                    onMouseMove={() => setSelected(own)}
                    onClick={() => open(entry)}
                  >
                    <div className={classes.summary}>
                      <EntrySummary entry={entry} />
                    </div>
                    <EntryAccess entry={entry} hasAction={false} />
                  </ListItem>
                );
              })}
            </div>
          ))}
      </div>
      <div role="status">
        {entries.length === 0 && (
          <Typography className={classes.empty} color="textSecondary">
            {emptyText(isEnabled, !isSettled, results.error)}
          </Typography>
        )}
      </div>
      <Typography
        className={classes.keys}
        variant="caption"
        color="textSecondary"
        component="div"
        aria-hidden
      >
        <span>↑↓ Select</span>
        <span>↵ Open</span>
        <span>Esc Close</span>
      </Typography>
    </>
  );
}

function emptyText(isEnabled: boolean, isLoading: boolean, error?: Error) {
  if (!isEnabled) return 'Results that you open appear here';
  if (error) return `Search failed: ${error.message}`;
  return isLoading ? 'Searching…' : 'No results';
}
