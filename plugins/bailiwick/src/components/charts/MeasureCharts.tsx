import type { TableColumn } from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles } from '@material-ui/core';
import type { ChartMarker } from './chartPoints';
import { LineChart } from './LineChart';

/** A series of a chart, and the format of its values. */
export interface Measure<T> {
  /** With the unit. */
  title: string;
  /** `undefined` where there was nothing to measure. */
  of: (point: T) => number | undefined;
  format: (value: number) => string;
  /** Value in the headline; that of the newest point by default. */
  now?: (points: T[]) => number | undefined;
}

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(3),
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 280px), 1fr))',
  },
}));

/** Draws a chart for each measure. */
export function MeasureCharts<T extends { at: string }>({
  interval,
  markers,
  measures,
  points,
}: {
  /** Seconds between two samples; where more are missing, the lines have a gap. */
  interval?: number;
  markers?: ChartMarker[];
  measures: Measure<T>[];
  points: T[];
}) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      {measures.map(({ format, now, of, title }) => (
        <LineChart
          key={title}
          title={title}
          format={format}
          interval={interval}
          now={now?.(points)}
          markers={markers}
          points={points.map(point => ({ at: point.at, value: of(point) }))}
        />
      ))}
    </div>
  );
}

/** The columns of a table of the same figures. */
export function measureColumns<T>(measures: Measure<T>[]): TableColumn<T>[] {
  return measures.map(({ format, of, title }) => ({
    title,
    align: 'right',
    text: point => {
      const value = of(point);
      return value === undefined ? '–' : format(value);
    },
  }));
}
