import { makeStyles, TableCell, TableSortLabel } from '@material-ui/core';
import { ChooseBox } from '../selection/ChooseBox';
import { idOfPlace } from './bulk/bulkPlan';
import type { Selection } from '../selection/useSelection';
import type { PlaceItem, TableItem } from './fleetItems';
import type { FleetColumn } from './tableColumns';
import { VirtualTable } from './VirtualTable';

const useStyles = makeStyles(theme => ({
  table: {
    minWidth: 1200,
    '& th, & td': {
      lineHeight: 1.4,
      padding: theme.spacing(0.75, 1),
      wordBreak: 'normal',
    },
    '& th:first-child, & td:first-child': { paddingLeft: theme.spacing(2) },
  },
  unbroken: { whiteSpace: 'nowrap' },
  first: {
    display: 'flex',
    gap: theme.spacing(1),
    alignItems: 'flex-start',
    // Long titles wrap instead of narrowing the other columns.
    minWidth: 240,
    overflowWrap: 'anywhere',
  },
}));

/** Each app in each environment in a line; headings sort. */
export function FleetTable({
  columns,
  items,
  onSort,
  selection,
  sort,
  titleOf,
}: {
  columns: FleetColumn[];
  items: TableItem[];
  onSort: (sort: string) => void;
  /** Absent when nothing can be done with apps. */
  selection?: Selection;
  /** Heading by which it is sorted, with `-` for downwards. */
  sort: string;
  /** Title of the group of a key. */
  titleOf: (key: string) => string;
}) {
  const classes = useStyles();
  const isDown = sort.startsWith('-');
  const sorted = sort.replace(/^-/, '') || 'App';
  const direction = isDown ? 'desc' : 'asc';
  const boxOf = ({ app: { row }, place }: PlaceItem) =>
    selection && (
      <ChooseBox
        ids={place ? [idOfPlace(row, place)] : []}
        label={place ? `${row.title} in ${place.name}` : row.title}
        selection={selection}
      />
    );
  return (
    <VirtualTable
      label="Apps"
      className={classes.table}
      columns={columns.length}
      items={items}
      head={columns.map(({ isNumber, title }) => (
        <TableCell
          key={title}
          className={classes.unbroken}
          align={isNumber ? 'right' : 'left'}
          sortDirection={sorted === title && direction}
        >
          <TableSortLabel
            active={sorted === title}
            direction={sorted === title ? direction : 'asc'}
            onClick={() =>
              onSort(sorted === title && !isDown ? `-${title}` : title)
            }
          >
            {title}
          </TableSortLabel>
        </TableCell>
      ))}
      titleOf={titleOf}
      cells={item =>
        columns.map((column, position) => (
          <TableCell
            key={column.title}
            align={column.isNumber ? 'right' : 'left'}
            className={column.isNumber && classes.unbroken}
          >
            {position === 0 ? (
              <div className={classes.first}>
                {boxOf(item)}
                {column.cell(item)}
              </div>
            ) : (
              column.cell(item)
            )}
          </TableCell>
        ))
      }
    />
  );
}
