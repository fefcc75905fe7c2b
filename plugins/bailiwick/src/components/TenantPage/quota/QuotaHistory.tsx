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
  withUnit,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import {
  MeasureCharts,
  measureColumns,
  type Measure,
} from '../../charts/MeasureCharts';
import { formatAmount } from './formatAmount';

const measures: Measure<UsageSample>[] = [
  ...resourceNames
    .filter(name => resources[name].unit !== 'objects')
    .map(name => ({
      title: resourceTitle(name),
      of: (sample: UsageSample) => amountToNumber(sample[name]),
      format: (value: number) => formatAmount(name, value),
    })),
  {
    title: 'Highest usage by environment',
    of: ({ usedRatio }) => usedRatio,
    format: value => withUnit(Math.round(100 * value), '%'),
  },
];

const columns: TableColumn<UsageSample>[] = [
  {
    title: 'Time',
    text: ({ at }) =>
      new Date(at).toLocaleString('en-US', {
        hourCycle: 'h23',
        dateStyle: 'medium',
        timeStyle: 'short',
      }),
  },
  ...measureColumns(measures),
];

const useStyles = makeStyles(theme => ({
  figures: { marginTop: theme.spacing(2), '& summary': { cursor: 'pointer' } },
}));

/** Charts of the usage in the last days, with the figures. */
export function QuotaHistory({ samples = [] }: { samples?: UsageSample[] }) {
  const classes = useStyles();
  return (
    <InfoCard
      title="History"
      subheader="All environments, sampled every four hours for up to a week"
    >
      {samples.length < 2 ? (
        <Typography color="textSecondary">
          A chart needs two samples; so far, there{' '}
          {samples.length === 0 ? 'are none' : 'is one'}.
        </Typography>
      ) : (
        <>
          <MeasureCharts measures={measures} points={samples} />
          <details className={classes.figures}>
            <summary>Show table</summary>
            <RowTable
              label="Usage history as a table"
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
