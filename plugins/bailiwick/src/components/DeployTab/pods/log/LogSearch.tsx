import { Button, TextField, Typography } from '@material-ui/core';
import { useId } from 'react';
import {
  formatCount,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';

/** Searches the loaded lines; Enter goes to the next hit, with Shift to the previous one. */
export function LogSearch({
  at,
  count,
  onMove,
  onSearch,
  text,
}: {
  /** Index of the current hit; absent if there is none. */
  at?: number;
  /** Number of hits. */
  count: number;
  onMove: (by: 1 | -1) => void;
  onSearch: (text: string) => void;
  text: string;
}) {
  const id = useId();
  return (
    <Stack direction="row" spacing={1}>
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
      {([-1, 1] as const).map(by => {
        const title = by === 1 ? 'Next' : 'Previous';
        return (
          <Button
            key={title}
            size="small"
            variant="outlined"
            disabled={count === 0}
            aria-label={`${title} match`}
            onClick={() => onMove(by)}
          >
            {title}
          </Button>
        );
      })}
      <Typography variant="body2" color="textSecondary" role="status">
        {text && describeMatches(count, at)}
      </Typography>
    </Stack>
  );
}

function describeMatches(count: number, at?: number): string {
  if (count === 0) return 'No matches';
  if (at !== undefined) return `${at + 1} of ${count} lines`;
  return formatCount(count, 'line matches', 'lines match');
}
