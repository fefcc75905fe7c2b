import {
  Button,
  makeStyles,
  Paper,
  TextField,
  Typography,
} from '@material-ui/core';
import { useState, type ReactNode } from 'react';
import { useAddress } from '../address/useAddress';
import { Stack } from '../layout/Stack';
import { RowTable, type TableColumn } from './RowTable';
import type { RowSections } from './rowSections';
import { useHeldOrder } from './useHeldOrder';

const useStyles = makeStyles(theme => ({
  bar: { padding: theme.spacing(2) },
  empty: { padding: theme.spacing(2) },
  more: { margin: theme.spacing(1) },
}));

/**
 * A table whose search and order are in the address, so that a view can be shared. While the pointer or the focus is
 * in the table, rows keep their positions: removed rows disappear and new rows are last.
 *
 * @public
 */
export function SearchableTable<T>({
  aside,
  columns,
  idOf,
  label,
  pageSize = Infinity,
  rows,
  sections,
}: {
  aside?: ReactNode;
  columns: TableColumn<T>[];
  idOf: (row: T) => string;
  label: string;
  /** Number of rows shown at first, and added by each press of _Show more_. */
  pageSize?: number;
  rows: T[];
  sections?: RowSections<T>;
}) {
  const classes = useStyles();
  const [count, setCount] = useState(pageSize);
  const [params, change] = useAddress();
  const search = params.get('q') ?? '';
  const order = params.get('sort') ?? '';
  const isDown = order.startsWith('-');
  const sorted = columns.find(({ title }) => title === order.replace(/^-/, ''));

  const shown = rows.filter(row =>
    columns.some(({ text }) =>
      searchable(text(row)).includes(searchable(search)),
    ),
  );
  if (sorted) {
    shown.sort(
      (a, b) =>
        sorted.text(a).localeCompare(sorted.text(b), 'en', { numeric: true }) *
        (isDown ? -1 : 1),
    );
  }

  const { holdProps, items } = useHeldOrder(
    shown,
    `${order} ${search}`,
    idOf,
    row => row,
  );
  const drawn = inOrderOf(items, shown, idOf).slice(0, count);

  return (
    <Paper>
      <Stack direction="row" justify="space-between" className={classes.bar}>
        <TextField
          size="small"
          variant="outlined"
          id={`search-${label}`}
          type="search"
          label={`Search ${label}`}
          value={search}
          onChange={event => change({ q: event.target.value })}
        />
        {aside}
      </Stack>
      {shown.length === 0 ? (
        <Typography className={classes.empty} color="textSecondary">
          {search ? `No matches for “${search}”.` : 'Nothing matches.'}
        </Typography>
      ) : (
        <div {...holdProps}>
          <RowTable
            columns={columns}
            idOf={idOf}
            label={label}
            order={{
              column: sorted?.title,
              isDown,
              onSort: title =>
                change({ sort: order === title ? `-${title}` : title }),
            }}
            rows={drawn}
            sections={sections}
          />
        </div>
      )}
      {shown.length > count && (
        <Button
          className={classes.more}
          onClick={() => setCount(count + pageSize)}
        >
          Show {Math.min(pageSize, shown.length - count)} more of {shown.length}
        </Button>
      )}
    </Paper>
  );
}

/** Returns a text for comparison: in lower case, with spaces that people can type. */
function searchable(text: string): string {
  return text.toLowerCase().replaceAll('\u00a0', ' ');
}

/** Returns rows in the order of other rows, followed by rows that are not among these. */
function inOrderOf<T>(others: T[], rows: T[], idOf: (row: T) => string): T[] {
  const places = new Map(others.map((row, place) => [idOf(row), place]));
  const placeOf = (row: T) => places.get(idOf(row)) ?? others.length;
  return [...rows].sort((a, b) => placeOf(a) - placeOf(b));
}
