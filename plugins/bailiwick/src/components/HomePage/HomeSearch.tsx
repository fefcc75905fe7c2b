import { useRouteRef } from '@backstage/core-plugin-api';
import { InputAdornment, makeStyles, TextField } from '@material-ui/core';
import SearchIcon from '@material-ui/icons/Search';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { searchPageRouteRef } from '../../routeRefs';
import { searchPrompt } from '../search/searchPrompt';

const useStyles = makeStyles({ root: { maxWidth: 560 } });

/** A search field that leads to the search page; nothing where the portal has none. */
export function HomeSearch() {
  const classes = useStyles();
  const navigate = useNavigate();
  const toSearch = useRouteRef(searchPageRouteRef);
  const [query, setQuery] = useState('');
  if (!toSearch) return null;
  return (
    <form
      role="search"
      className={classes.root}
      onSubmit={event => {
        event.preventDefault();
        const params = new URLSearchParams({ query: query.trim() });
        navigate(query.trim() ? `${toSearch()}?${params}` : toSearch());
      }}
    >
      <TextField
        fullWidth
        size="small"
        variant="outlined"
        placeholder={searchPrompt}
        value={query}
        onChange={({ target }) => setQuery(target.value)}
        inputProps={{ 'aria-label': 'Search', maxLength: 100 }}
        InputProps={{
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" />
            </InputAdornment>
          ),
        }}
      />
    </form>
  );
}
