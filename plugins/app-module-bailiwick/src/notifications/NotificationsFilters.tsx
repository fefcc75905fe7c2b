import {
  Chip,
  InputAdornment,
  makeStyles,
  MenuItem,
  TextField,
} from '@material-ui/core';
import SearchIcon from '@material-ui/icons/Search';
import { topicTitles } from './topicTitles';
import { views, type useNotifications, type View } from './useNotifications';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    minWidth: 0,
  },
  search: { flex: '0 1 260px', minWidth: 140 },
  topic: { minWidth: 140 },
  // The margins of Backstage's theme would double the gap.
  chip: { margin: 0 },
}));

/** Chips for the view, the topic and a search field, in one row where there is room. */
export function NotificationsFilters({
  notifications: { change, search, shown, topic, view },
}: {
  notifications: ReturnType<typeof useNotifications>;
}) {
  const classes = useStyles();
  const topics = [...new Set([...(shown?.topics ?? []), topic])].filter(
    Boolean,
  );
  return (
    <div className={classes.root} role="group" aria-label="Filters">
      {(Object.keys(views) as View[]).map(key => {
        const isChosen = key === view;
        const count = key === 'unread' && shown ? ` (${shown.unread})` : '';
        return (
          <Chip
            key={key}
            clickable
            className={classes.chip}
            label={`${views[key].title}${count}`}
            color={isChosen ? 'primary' : 'default'}
            variant={isChosen ? 'default' : 'outlined'}
            aria-pressed={isChosen}
            onClick={() => change({ view: key })}
          />
        );
      })}
      <TextField
        select
        className={classes.topic}
        size="small"
        variant="outlined"
        value={topic}
        onChange={({ target }) => change({ topic: target.value })}
        SelectProps={{
          displayEmpty: true,
          SelectDisplayProps: {
            'aria-label': `Topic: ${
              topic ? topicTitles[topic] ?? topic : 'All topics'
            }`,
          },
        }}
      >
        <MenuItem value="">All topics</MenuItem>
        {topics.map(name => (
          <MenuItem key={name} value={name}>
            {topicTitles[name] ?? name}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        className={classes.search}
        size="small"
        variant="outlined"
        placeholder="Search notifications"
        value={search}
        onChange={({ target }) => change({ search: target.value })}
        inputProps={{ 'aria-label': 'Search notifications', type: 'search' }}
        InputProps={{
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" />
            </InputAdornment>
          ),
        }}
      />
    </div>
  );
}
