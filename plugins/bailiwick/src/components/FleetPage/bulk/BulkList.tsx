import { DenseListItem } from '@bailiwick/backstage-plugin-bailiwick-react';
import { List, ListSubheader, makeStyles } from '@material-ui/core';
import { describeResult, type ItemResult } from '../../selection/useEach';
import { idOfPlace, type BulkTarget } from './bulkPlan';

const useStyles = makeStyles(theme => ({
  list: { maxHeight: 240, overflow: 'auto' },
  heading: { backgroundColor: theme.palette.background.paper },
}));

/** Apps in environments, with the effect on each. */
export function BulkList({
  label,
  lines,
}: {
  label: string;
  lines: (BulkTarget & { reason?: string; result?: ItemResult })[];
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
          secondary={reason ?? describeResult(result)}
        />
      ))}
    </List>
  );
}
