import type { ArchetypeSample } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { formatColumn } from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';

const mostRows = 10;

const useStyles = makeStyles(theme => ({
  scroller: {
    overflowX: 'auto',
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
  table: {
    ...theme.typography.body2,
    width: '100%',
    borderCollapse: 'collapse',
    '& th, & td': {
      padding: theme.spacing(0.5, 1),
      textAlign: 'left',
      whiteSpace: 'nowrap',
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    '& th': { color: theme.palette.text.secondary },
    '& tr:last-child td': { borderBottom: 0 },
    '& $number': { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  },
  number: {},
}));

/** Sample rows with all their columns, at most ten. */
export function SampleTable({ sample }: { sample: ArchetypeSample }) {
  const classes = useStyles();
  const { rows } = sample;
  const columns = [...new Set(rows.flatMap(row => Object.keys(row)))];
  const formats = new Map(
    columns.map(name => [
      name,
      formatColumn(rows.slice(0, mostRows).map(row => row[name] ?? null)),
    ]),
  );
  const isNumber = (name: string) =>
    rows.some(row => typeof row[name] === 'number');
  const alignment = (name: string) =>
    isNumber(name) ? classes.number : undefined;
  return (
    <>
      {/* People who use the keyboard can scroll it. */}
      <div
        className={classes.scroller}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="region"
        aria-label={`Rows of ${sample.function}`}
      >
        <table className={classes.table}>
          <thead>
            <tr>
              {columns.map(name => (
                <th key={name} scope="col" className={alignment(name)}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostRows).map((row, index) => (
              <tr key={index}>
                {columns.map(name => (
                  <td key={name} className={alignment(name)}>
                    {formats.get(name)!(row[name] ?? null)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Typography variant="caption" color="textSecondary">
        From {sample.function}, with the data of the pack
      </Typography>
    </>
  );
}
