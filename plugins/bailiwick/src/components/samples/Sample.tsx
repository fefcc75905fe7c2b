import type {
  ContractColumn,
  ContractFunction,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  PreviewCell,
  PreviewView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatColumn,
  formatCount,
  ResultPicture,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  alpha,
  makeStyles,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
  useTheme,
} from '@material-ui/core';
import type { ReactNode } from 'react';

/** Columns of a sample, and of one beside a chart. */
const [columnsShown, columnsBesideChart] = [8, 6];

/** Characters of a unit that a heading shows; longer ones are on hover. */
const shortUnit = 12;

const useStyles = makeStyles(theme => ({
  note: { marginTop: theme.spacing(0.5), display: 'block' },
  cell: {
    padding: theme.spacing(0.75, 1),
    maxWidth: 280,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  long: { maxHeight: 400 },
  // A word stays whole; where the table has no room, it scrolls.
  heading: {
    padding: theme.spacing(0.75, 1),
    overflowWrap: 'normal',
    wordBreak: 'normal',
  },
  different: { backgroundColor: alpha(theme.palette.warning.main, 0.16) },
  before: { color: theme.palette.text.secondary },
  value: { ...theme.typography.h5 },
  sample: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(2),
  },
  // Where the columns have no room beside the chart, it is below them.
  rows: { flex: '3 1 480px', minWidth: 0, maxWidth: '100%' },
  chart: {
    flex: '1 1 200px',
    minWidth: 0,
    maxWidth: 360,
    border: `1px solid ${theme.palette.divider}`,
    borderBottom: 0,
    borderRadius: theme.shape.borderRadius,
    overflow: 'hidden',
  },
}));

/** Earlier values of cells that differ, for each row; `new` for a row that was not there. */
interface Differences {
  rows: (Record<string, PreviewCell> | 'new')[];
}

/** Some rows of a function and a chart of all rows, or its value. */
export function Sample({
  children,
  differences,
  fn,
  isLong,
  sample,
}: {
  /** Where the sample is from, after the number of rows. */
  children: ReactNode;
  /** Marks what differs from another result. */
  differences?: Differences;
  fn: ContractFunction;
  /** Whether the table has all columns and many rows, and scrolls. */
  isLong?: boolean;
  sample: PreviewView;
}) {
  const classes = useStyles();
  const { palette } = useTheme();
  const { chart, count = 0, first = 1, rows, value } = sample;
  if (!rows)
    return (
      <>
        <div className={classes.value}>{exactText(value ?? null)}</div>
        <Note>{children}</Note>
      </>
    );
  const shortest = chart ? columnsBesideChart : columnsShown;
  const columns = (fn.result.columns ?? []).slice(
    0,
    isLong ? undefined : shortest,
  );
  const left = (fn.result.columns?.length ?? 0) - columns.length;
  return (
    <>
      <div className={classes.sample}>
        {rows.length > 0 && (
          <div className={classes.rows}>
            <RowsTable
              columns={columns}
              differences={differences}
              isLong={isLong}
              label={fn.name}
              rows={rows}
            />
          </div>
        )}
        {chart && (
          <div className={classes.chart}>
            <ResultPicture
              label={`Chart of ${fn.name}`}
              picture={chart}
              shade={palette.primary.main}
            />
          </div>
        )}
      </div>
      <Note>
        {shownOf(first, rows.length, count)} {children}
        {left > 0 && `. ${formatCount(left, 'more column')} in the data`}
      </Note>
    </>
  );
}

/** Returns a single value with all its digits. */
function exactText(value: PreviewCell): string {
  return typeof value === 'number'
    ? String(value)
    : formatColumn([value])(value);
}

/** Whether a cell is a number, or an integer that travels as text because no number holds it. */
function isNumeric(value: PreviewCell | undefined): boolean {
  return typeof value === 'number' || /^-?\d{16,}$/.test(String(value));
}

/** Says which rows of all are shown. */
function shownOf(first: number, shown: number, count: number): string {
  const all = formatCount(count, 'row');
  if (shown >= count) return all;
  return first === 1
    ? `First ${shown} of ${all}`
    : `Rows ${first} to ${first + shown - 1} of ${all}`;
}

export function Note({ children }: { children: ReactNode }) {
  const classes = useStyles();
  return (
    <Typography
      className={classes.note}
      variant="caption"
      color="textSecondary"
    >
      {children}
    </Typography>
  );
}

/** Rows as a table that scrolls sideways where it has no room, so that values stay in one line. */
function RowsTable({
  columns,
  differences,
  isLong,
  label,
  rows,
}: {
  columns: ContractColumn[];
  differences?: Differences;
  /** Whether it also scrolls down, below its headings. */
  isLong?: boolean;
  label: string;
  rows: Record<string, PreviewCell>[];
}) {
  const classes = useStyles();
  const name = `Sample rows of ${label}`;
  const alignOf = (column: string) =>
    rows.every(row => row[column] === null || isNumeric(row[column]))
      ? 'right'
      : 'left';
  const formats = columns.map(({ name: column }) =>
    formatColumn([
      ...rows.map(row => row[column] ?? null),
      ...(differences?.rows ?? []).flatMap(row =>
        row !== 'new' && Object.hasOwn(row, column) ? [row[column]] : [],
      ),
    ]),
  );
  return (
    <TableContainer
      tabIndex={0}
      role="region"
      aria-label={name}
      className={isLong ? classes.long : undefined}
    >
      <Table size="small" aria-label={name} stickyHeader={isLong}>
        <TableHead>
          <TableRow>
            {columns.map(({ name: column, title = column, unit }) => (
              <TableCell
                key={column}
                align={alignOf(column)}
                className={classes.heading}
              >
                <span title={unit}>
                  {unit && unit.length <= shortUnit
                    ? `${title} (${unit})`
                    : title}
                </span>
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row, index) => (
            <TableRow key={index}>
              {columns.map(({ name: column }, position) => {
                const format = formats[position];
                const before = earlierOf(differences?.rows[index], column);
                return (
                  <TableCell
                    key={column}
                    align={alignOf(column)}
                    className={
                      before === undefined
                        ? classes.cell
                        : `${classes.cell} ${classes.different}`
                    }
                  >
                    {format(row[column] ?? null)}
                    {before === 'new' && position === 0 && ' (new)'}
                    {before !== undefined && before !== 'new' && (
                      <>
                        {' '}
                        <span className={classes.before}>
                          (was {format(before.value)})
                        </span>
                      </>
                    )}
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

/** Returns the earlier value of a cell that differs. */
function earlierOf(
  row: Differences['rows'][number] | undefined,
  column: string,
): 'new' | { value: PreviewCell } | undefined {
  if (row === undefined || row === 'new') return row;
  return Object.hasOwn(row, column) ? { value: row[column] } : undefined;
}
