import { InfoCard } from '@backstage/core-components';
import {
  resourceNames,
  resources,
  type UsageSample,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  amountToNumber,
  resourceTitle,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  RowTable,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Grid, makeStyles, Typography } from '@material-ui/core';
import { LineChart } from '../../LineChart';
import { formatAmount } from './formatAmount';

interface Chart {
  title: string;
  value: (sample: UsageSample) => number;
  words: (value: number) => string;
}

const charts: Chart[] = [
  ...resourceNames
    .filter(name => resources[name].unit !== 'objects')
    .map(
      (name): Chart => ({
        title: resourceTitle(name),
        value: sample => amountToNumber(sample[name]),
        words: value => formatAmount(name, value),
      }),
    ),
  {
    title: 'Fullest environment',
    value: ({ usedRatio }) => usedRatio,
    words: value => `${Math.round(100 * value)} %`,
  },
];

const columns: TableColumn<UsageSample>[] = [
  {
    title: 'When',
    text: ({ at }) =>
      new Date(at).toLocaleString('en-GB', {
        dateStyle: 'medium',
        timeStyle: 'short',
      }),
  },
  ...charts.map(
    ({ title, value, words }): TableColumn<UsageSample> => ({
      title,
      align: 'right',
      text: sample => words(value(sample)),
    }),
  ),
];

const useStyles = makeStyles(theme => ({
  figures: { marginTop: theme.spacing(2), '& summary': { cursor: 'pointer' } },
}));

/** What was used in the last days, as small charts with the figures behind them. */
export function UsageHistory({ samples = [] }: { samples?: UsageSample[] }) {
  const classes = useStyles();
  return (
    <InfoCard
      title="History"
      subheader="All environments together, a sample every four hours, at most a week"
    >
      {samples.length < 2 ? (
        <Typography color="textSecondary">
          A chart needs two samples;{' '}
          {samples.length === 0 ? 'none is' : 'one is'} there yet.
        </Typography>
      ) : (
        <>
          <Grid container spacing={3}>
            {charts.map(({ title, value, words }) => (
              <Grid item xs={12} sm={6} lg={3} key={title}>
                <LineChart
                  title={title}
                  format={words}
                  points={samples.map(sample => ({
                    at: sample.at,
                    value: value(sample),
                  }))}
                />
              </Grid>
            ))}
          </Grid>
          <details className={classes.figures}>
            <summary>Show the figures</summary>
            <RowTable
              label="figures of the history"
              columns={columns}
              idOf={({ at }) => at}
              rows={[...samples].reverse()}
            />
          </details>
        </>
      )}
    </InfoCard>
  );
}
