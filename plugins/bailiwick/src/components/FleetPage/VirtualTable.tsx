import {
  makeStyles,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
} from '@material-ui/core';
import { type ReactNode } from 'react';
import type { AppItem, GroupItem, PlaceItem } from './fleetItems';
import { GroupHeading } from './GroupHeading';
import { useVirtualRows } from './useVirtualRows';

const useStyles = makeStyles(theme => ({
  box: { maxHeight: '70vh', overflow: 'auto' },
  heading: { backgroundColor: theme.palette.background.default },
  room: { padding: 0, border: 0 },
  // Which line is odd changes while one scrolls.
  line: {
    '&:nth-of-type(odd)': { backgroundColor: 'inherit' },
    '& > *': { borderBottom: `1px solid ${theme.palette.divider}` },
    // The card around the table has a line at its end.
    '&:last-child > *': { borderBottom: 0 },
  },
}));

/** A table of any number of lines, in groups, under headings that stay. */
export function VirtualTable<T extends AppItem | PlaceItem>({
  cells,
  className,
  columns,
  head,
  items,
  label,
  titleOf,
}: {
  /** The cells of a line that is no heading of a group. */
  cells: (item: T) => ReactNode;
  className?: string;
  /** Number of columns. */
  columns: number;
  /** The headings. */
  head: ReactNode;
  items: (GroupItem | T)[];
  label: string;
  /** Title of the group of a key. */
  titleOf: (key: string) => string;
}) {
  const classes = useStyles();
  const { above, below, rows, scroller } = useVirtualRows(
    items,
    ({ key }) => key,
    61,
  );
  const room = (height: number) =>
    height > 0 && (
      <tr aria-hidden>
        <td className={classes.room} colSpan={columns} style={{ height }} />
      </tr>
    );
  return (
    <TableContainer
      className={classes.box}
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <Table
        stickyHeader
        size="small"
        className={className}
        aria-label={label}
        aria-rowcount={items.length + 1}
      >
        <TableHead>
          <TableRow aria-rowindex={1}>{head}</TableRow>
        </TableHead>
        <TableBody>
          {room(above)}
          {rows.map(({ index, item, key, measured }) => (
            <TableRow
              key={key}
              {...measured}
              className={classes.line}
              aria-rowindex={index + 2}
            >
              {item.kind === 'group' ? (
                <TableCell
                  component="th"
                  role="rowheader"
                  scope="rowgroup"
                  className={classes.heading}
                  colSpan={columns}
                >
                  <GroupHeading
                    group={item.group}
                    title={titleOf(item.group.key)}
                  />
                </TableCell>
              ) : (
                cells(item)
              )}
            </TableRow>
          ))}
          {room(below)}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
