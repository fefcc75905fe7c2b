import { DenseListItem } from '@bailiwick/backstage-plugin-bailiwick-react';
import { List, ListSubheader, makeStyles } from '@material-ui/core';
import { idOfPlace, type BulkTarget } from './bulkPlan';
import type { BulkResult } from './useBulkRun';

const useStyles = makeStyles(theme => ({
  list: { maxHeight: 240, overflow: 'auto' },
  heading: { backgroundColor: theme.palette.background.paper },
}));

/** What came of one, in words. */
function wordsOf(result: BulkResult | undefined): string | undefined {
  switch (result?.state) {
    case 'failed':
      return `Failed: ${result.why}`;
    case 'done':
      return 'Done';
    case undefined:
      return undefined;
    default:
      return result?.state === 'running' ? 'In progress…' : 'Waiting';
  }
}

/** Apps in environments, with what becomes of each. */
export function BulkList({
  label,
  lines,
}: {
  label: string;
  lines: (BulkTarget & { reason?: string; result?: BulkResult })[];
}) {
  const classes = useStyles();
  return (
    <List
      dense
      disablePadding
      className={classes.list}
      // It scrolls, so those without a mouse must be able to reach it.
      tabIndex={0}
      aria-label={label}
      subheader={
        <ListSubheader disableGutters className={classes.heading}>
          {label}
        </ListSubheader>
      }
    >
      {lines.map(({ place, reason, result, row }) => (
        <DenseListItem
          key={idOfPlace(row, place)}
          divider
          primary={`${row.title} in ${place.name}, tenant ${row.tenant}`}
          secondary={reason ?? wordsOf(result)}
        />
      ))}
    </List>
  );
}
