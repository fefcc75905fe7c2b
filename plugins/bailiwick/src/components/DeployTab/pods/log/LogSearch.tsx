import { Button, makeStyles, TextField, Typography } from '@material-ui/core';
import { useId } from 'react';
import { formatCount } from '@bailiwick/backstage-plugin-bailiwick-react';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
}));

/** Searches in the lines that are here; Enter goes to the next, with Shift to the one before. */
export function LogSearch({
  at,
  count,
  onMove,
  onSearch,
  text,
}: {
  /** Which of the found lines is looked at, from 0; absent for none of them. */
  at?: number;
  /** How many lines were found. */
  count: number;
  onMove: (by: 1 | -1) => void;
  onSearch: (text: string) => void;
  text: string;
}) {
  const classes = useStyles();
  const id = useId();
  return (
    <div className={classes.root}>
      <TextField
        id={id}
        label="Search in the log"
        size="small"
        variant="outlined"
        value={text}
        onChange={({ target }) => onSearch(target.value)}
        onKeyDown={({ key, shiftKey }) => {
          if (key === 'Enter') onMove(shiftKey ? -1 : 1);
        }}
      />
      <Button
        size="small"
        variant="outlined"
        disabled={count === 0}
        aria-label="Previous line that has it"
        onClick={() => onMove(-1)}
      >
        Previous
      </Button>
      <Button
        size="small"
        variant="outlined"
        disabled={count === 0}
        aria-label="Next line that has it"
        onClick={() => onMove(1)}
      >
        Next
      </Button>
      <Typography variant="body2" color="textSecondary" role="status">
        {text && describeMatches(count, at)}
      </Typography>
    </div>
  );
}

function describeMatches(count: number, at?: number): string {
  if (count === 0) return 'No line has it';
  if (at !== undefined) return `${at + 1} of ${count} lines`;
  return formatCount(count, 'line has it', 'lines have it');
}
