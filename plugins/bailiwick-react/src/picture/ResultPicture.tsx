import type { Picture } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { makeStyles, type Theme } from '@material-ui/core';
import { chartPaths, valueBounds } from './chartPath';
import { formatList } from '../format/formatList';
import { formatCell } from './formatCell';
import { formatColumn } from './formatColumn';

const extent = { width: 240, height: 52 };

/** Characters of the narrowest and widest columns. */
const [leastSize, mostSize] = [6, 20];

/** Dashes of the lines, so that they differ without colors. */
const dashes = [undefined, '6 3', '2 3'];

const useStyles = makeStyles<Theme, { shade: string }>(theme => ({
  root: {
    ...theme.typography.caption,
    height: 132,
    padding: theme.spacing(1, 2),
    overflow: 'hidden',
    color: theme.palette.text.secondary,
    backgroundColor: theme.palette.background.default,
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  table: {
    width: '100%',
    tableLayout: 'fixed',
    borderCollapse: 'collapse',
    '& th, & td': {
      padding: theme.spacing(0.25, 1, 0.25, 0),
      textAlign: 'left',
      fontWeight: 'inherit',
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    '& td': { color: theme.palette.text.primary },
    '& $number': { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
    '& tr > :last-child': { paddingRight: 0 },
  },
  number: {},
  chart: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gridTemplateRows: 'auto minmax(0, 1fr) auto',
    columnGap: theme.spacing(1),
    height: '100%',
    fontVariantNumeric: 'tabular-nums',
  },
  lines: {
    width: '100%',
    height: '100%',
    padding: theme.spacing(0.5, 0),
    overflow: 'visible',
    '& path': {
      fill: 'none',
      strokeWidth: 1.5,
      strokeLinejoin: 'round',
      vectorEffect: 'non-scaling-stroke',
      stroke: ({ shade }) => shade,
    },
  },
  bounds: {
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'space-between',
    textAlign: 'right',
  },
  ends: { display: 'flex', justifyContent: 'space-between' },
  title: {
    display: 'flex',
    flexWrap: 'wrap',
    gridColumn: '1 / -1',
    columnGap: theme.spacing(1.5),
    whiteSpace: 'nowrap',
    '& > *': { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' },
    '& > :not(:first-child)': { color: theme.palette.text.primary },
  },
  mark: {
    width: 18,
    height: 8,
    marginRight: theme.spacing(0.5),
    verticalAlign: 'middle',
    '& path': { strokeWidth: 1.5, stroke: ({ shade }) => shade },
  },
}));

/** The result of a template, drawn from sample rows: a small table or a line chart. @public */
export function ResultPicture({
  label,
  picture,
  shade,
}: {
  /** Accessible name, such as "Sample of prices". */
  label: string;
  picture: Picture;
  /** Color of lines. */
  shade: string;
}) {
  const classes = useStyles({ shade });
  if (picture.kind === 'table') {
    // A number at the beginning of a row identifies it.
    const isNumber = picture.columns.map(
      (_name, column) =>
        column > 0 && picture.rows.some(row => typeof row[column] === 'number'),
    );
    const formats = picture.columns.map((_name, column) =>
      formatColumn(picture.rows.map(row => row[column])),
    );
    const sizes = picture.columns.map((name, column) =>
      sizeOf([name, ...picture.rows.map(row => formats[column](row[column]))]),
    );
    const size = sizes.reduce((sum, one) => sum + one, 0);
    return (
      <div className={classes.root}>
        <table className={classes.table} aria-label={label}>
          <colgroup>
            {picture.columns.map((name, column) => (
              <col
                key={name}
                style={{ width: `${(100 * sizes[column]) / size}%` }}
              />
            ))}
          </colgroup>
          <thead>
            <tr>
              {picture.columns.map((name, column) => (
                <th
                  key={name}
                  scope="col"
                  title={name}
                  className={isNumber[column] ? classes.number : undefined}
                >
                  {spaced(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {picture.rows.length === 0 && (
              <tr>
                <td colSpan={Math.max(1, picture.columns.length)}>
                  No sample rows
                </td>
              </tr>
            )}
            {picture.rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td
                    key={picture.columns[column]}
                    title={formats[column](cell)}
                    className={isNumber[column] ? classes.number : undefined}
                  >
                    {formats[column](cell)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    );
  }
  const { range, series, x, y } = picture;
  const [low, high] = valueBounds(series);
  const names = series.map(({ name }) => name).filter(Boolean);
  const [from, to] = range.map(formatCell);
  const words = `${spaced(y)} by ${spaced(x)}${
    names.length > 0 ? ` for ${formatList(names)}` : ''
  }`;
  return (
    <div
      className={classes.root}
      role="img"
      aria-label={`${label}: ${words}, from ${from} to ${to}`}
    >
      <div className={classes.chart} aria-hidden>
        <div className={classes.title} title={words}>
          <span>
            {spaced(y)} by {spaced(x)}
          </span>
          {series.map(
            ({ name }, index) =>
              name && (
                <span key={name}>
                  <svg className={classes.mark} viewBox="0 0 18 8">
                    <path d="M0 4H18" strokeDasharray={dashes[index]} />
                  </svg>
                  {name}
                </span>
              ),
          )}
        </div>
        <svg
          className={classes.lines}
          viewBox={`0 0 ${extent.width} ${extent.height}`}
          preserveAspectRatio="none"
        >
          {chartPaths(series, extent).map((path, index) => (
            <path key={index} d={path} strokeDasharray={dashes[index]} />
          ))}
        </svg>
        <div className={classes.bounds}>
          <span>{formatCell(high)}</span>
          <span>{formatCell(low)}</span>
        </div>
        <div className={classes.ends}>
          <span>{from}</span>
          <span>{to}</span>
        </div>
      </div>
    </div>
  );
}

/** Share of the width that a column needs for its texts. */
function sizeOf(texts: string[]): number {
  const longest = Math.max(...texts.map(text => text.length));
  return Math.min(Math.max(longest, leastSize), mostSize);
}

/** Name of a column as words. */
function spaced(name: string): string {
  return name.replaceAll('_', ' ');
}
