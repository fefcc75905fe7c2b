import { Chip, InputAdornment, makeStyles, TextField } from '@material-ui/core';
import SearchIcon from '@material-ui/icons/Search';
import type { GallerySection } from './gallerySections';

/** Filter of the gallery: templates of one domain, favorites, or all. */
export interface GalleryFilter {
  search: string;
  /** Name of a domain; `favorites` for favorites, undefined for all. */
  only?: string;
}

/** Value of {@link GalleryFilter.only} for favorites; no pack has this name, as it begins with a star. */
export const favorites = '*';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    minWidth: 0,
  },
  search: { flex: '0 1 280px', minWidth: 0, marginRight: theme.spacing(1) },
  // The margins of Backstage's theme would double the gap.
  chip: { margin: 0, maxWidth: '100%' },
}));

/** Search field and one chip for each domain. */
export function GalleryFilters({
  filter,
  onChange,
  sections,
}: {
  filter: GalleryFilter;
  onChange: (filter: GalleryFilter) => void;
  sections: readonly GallerySection[];
}) {
  const classes = useStyles();
  const choices: [only: string | undefined, words: string][] = [
    [undefined, 'All'],
    ...sections.map(({ name, title }): [string, string] => [name, title]),
    [favorites, 'Favorites'],
  ];
  return (
    <div className={classes.root}>
      <TextField
        className={classes.search}
        size="small"
        variant="outlined"
        placeholder="Search templates"
        value={filter.search}
        onChange={({ target }) => onChange({ ...filter, search: target.value })}
        inputProps={{ 'aria-label': 'Search templates', type: 'search' }}
        InputProps={{
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" />
            </InputAdornment>
          ),
        }}
      />
      {choices.map(([only, words]) => (
        <Chip
          key={words}
          className={classes.chip}
          label={words}
          title={words}
          size="small"
          clickable
          color={filter.only === only ? 'primary' : 'default'}
          variant={filter.only === only ? 'default' : 'outlined'}
          aria-pressed={filter.only === only}
          onClick={() => onChange({ ...filter, only })}
        />
      ))}
    </div>
  );
}
