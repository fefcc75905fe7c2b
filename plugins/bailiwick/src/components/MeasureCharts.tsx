import type { TableColumn } from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles } from '@material-ui/core';
import { LineChart, type ChartMarker } from './LineChart';

/** What is drawn of points in time, and how it is written. */
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
    gridTemplateColumns: 'repeat(auto-fit, minmax(240px, 1fr))',
  },
}));

/** A chart of each measure. */
export function MeasureCharts<T extends { at: string }>({
  markers,
  measures,
  points,
}: {
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
