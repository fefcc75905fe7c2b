import {
  Button,
  List,
  ListItem,
  ListSubheader,
  makeStyles,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  TableSortLabel,
  useMediaQuery,
  type Theme,
} from '@material-ui/core';
import { Fragment, useState, type ComponentProps, type ReactNode } from 'react';
import { Facts } from '../layout/Facts';
import { divideRows, type RowSections } from './rowSections';

/** A column: its text is used for search and order, its cell is displayed. @public */
export interface TableColumn<T> {
  title: string;
  text: (row: T) => string;
  cell?: (row: T) => ReactNode;
  align?: 'left' | 'right';
  /** Share of the table's width, such as `20%`; tables with the same shares align. */
  width?: string;
}

/** Order of the rows, and the callback of a pressed heading. */
interface TableOrder {
  column?: string;
  isDown: boolean;
  onSort: (column: string) => void;
}

/** Maximum number of columns that a tablet shows without scrolling sideways. */
const mostNarrowColumns = 5;

const useStyles = makeStyles(theme => ({
  more: { margin: theme.spacing(1) },
  // Cards around the table have a line at its end.
  table: {
    maxHeight: '70vh',
    '& tbody:last-of-type > tr:last-child > *': { borderBottom: 0 },
  },
  list: { '& > li:last-child': { borderBottom: 0 } },
  cell: {
    overflowWrap: 'break-word',
    wordBreak: 'normal',
    [theme.breakpoints.down('sm')]: {
      paddingLeft: theme.spacing(1),
      paddingRight: theme.spacing(1),
    },
  },
  row: { display: 'block' },
  fixed: { tableLayout: 'fixed' },
  section: {
    ...theme.typography.subtitle2,
    color: theme.palette.text.primary,
    backgroundColor: theme.palette.action.hover,
  },
  count: {
    ...theme.typography.body2,
    marginLeft: theme.spacing(0.5),
    color: theme.palette.text.secondary,
  },
}));

/**
 * A table; in a narrow window each row is a card, so that no word is broken. Headings sort if an order is given.
 *
 * @public
 */
export function RowTable<T>({
  columns,
  idOf,
  label,
  order,
  rows,
  sections,
}: {
  columns: TableColumn<T>[];
  idOf: (row: T) => string;
  label: string;
  order?: TableOrder;
  rows: T[];
  /** Sections with a heading and a count; absent for a table without sections. */
  sections?: RowSections<T>;
}) {
  const classes = useStyles();
  const isNarrow = useMediaQuery<Theme>(theme =>
    theme.breakpoints.down(columns.length > mostNarrowColumns ? 'sm' : 'xs'),
  );
  const show = ({ cell, text }: TableColumn<T>, row: T) =>
    cell ? cell(row) : text(row);
  const divided = divideRows(rows, sections);
  const heading = (title: string, count: number) => (
    <>
      {title} <span className={classes.count}>{count}</span>
    </>
  );
  if (isNarrow) {
    return (
      <List aria-label={label} className={classes.list} disablePadding>
        {divided.map(section => (
          <Fragment key={section.title ?? ''}>
            {section.title && (
              <ListSubheader disableSticky className={classes.section}>
                {heading(section.title, section.rows.length)}
              </ListSubheader>
            )}
            {section.rows.map(row => (
              <ListItem key={idOf(row)} className={classes.row} divider>
                <Facts
                  facts={columns
                    .filter(column => column.cell || column.text(row))
                    .map(column => [column.title, show(column, row)])}
                />
              </ListItem>
            ))}
          </Fragment>
        ))}
      </List>
    );
  }
  const direction = order?.isDown ? 'desc' : 'asc';
  return (
    <TableContainer
      className={classes.table}
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <Table
        stickyHeader
        size="small"
        aria-label={label}
        className={columns.some(({ width }) => width) ? classes.fixed : ''}
      >
        <TableHead>
          <TableRow>
            {columns.map(({ align, title, width }) => (
              <TableCell
                key={title}
                align={align}
                width={width}
                className={classes.cell}
                sortDirection={order?.column === title && direction}
              >
                {order ? (
                  <TableSortLabel
                    active={order.column === title}
                    direction={direction}
                    onClick={() => order.onSort(title)}
                  >
                    {title}
                  </TableSortLabel>
                ) : (
                  title
                )}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        {divided.map(section => (
          <TableBody key={section.title ?? ''}>
            {section.title && (
              <TableRow>
                <TableCell
                  component="th"
                  scope="rowgroup"
                  colSpan={columns.length}
                  className={classes.section}
                >
                  {heading(section.title, section.rows.length)}
                </TableCell>
              </TableRow>
            )}
            {section.rows.map(row => (
              <TableRow key={idOf(row)} hover>
                {columns.map(column => (
                  <TableCell
                    key={column.title}
                    align={column.align}
                    className={classes.cell}
                  >
                    {show(column, row)}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        ))}
      </Table>
    </TableContainer>
  );
}

/** A table that shows its first rows, and all of them on demand. @public */
export function FirstRows<T>({
  first = 8,
  rows,
  ...table
}: Omit<ComponentProps<typeof RowTable<T>>, 'order'> & {
  /** Number of rows shown at first. */
  first?: number;
}) {
  const classes = useStyles();
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, first);
  return (
    <>
      <RowTable {...table} rows={shown} />
      {shown.length < rows.length && (
        <Button className={classes.more} onClick={() => setIsWhole(true)}>
          Show all {rows.length}
        </Button>
      )}
    </>
  );
}
