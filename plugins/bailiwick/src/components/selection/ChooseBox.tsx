import { Checkbox, makeStyles } from '@material-ui/core';
import type { Selection } from './useSelection';

const useStyles = makeStyles({ root: { padding: 2, marginLeft: -2 } });

/** Chooses some items of a list together. */
export function ChooseBox({
  ids,
  label,
  selection: { chosen, toggle },
}: {
  ids: string[];
  /** Label of the selection for screen readers. */
  label: string;
  selection: Selection;
}) {
  const classes = useStyles();
  const count = ids.filter(id => chosen.has(id)).length;
  return (
    <Checkbox
      className={classes.root}
      size="small"
      color="primary"
      disabled={ids.length === 0}
      checked={count > 0 && count === ids.length}
      indeterminate={count > 0 && count < ids.length}
      inputProps={{ 'aria-label': `Select ${label}` }}
      onChange={() => toggle(ids)}
    />
  );
}
