import { RowTable } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button } from '@material-ui/core';
import { useState } from 'react';
import { measureColumns, type Measure } from './MeasureCharts';

/** A button, and the table behind charts that it opens, newest point first. */
export function PointsTable<T extends { at: string }>({
  label,
  measures,
  points,
  time,
  what,
}: {
  label: string;
  measures: Measure<T>[];
  points: T[];
  /** Heading of the times. */
  time: string;
  /** Words for the table on the button. */
  what: string;
}) {
  const [isShown, setShown] = useState(false);
  return (
    <>
      <div>
        <Button
          size="small"
          variant="outlined"
          aria-expanded={isShown}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? `Hide ${what}` : `Show ${what}`}
        </Button>
      </div>
      {isShown && (
        <RowTable
          label={label}
          rows={[...points].reverse()}
          idOf={({ at }) => at}
          columns={[
            {
              title: time,
              text: ({ at }) =>
                new Date(at).toLocaleTimeString([], { hour12: false }),
            },
            ...measureColumns(measures),
          ]}
        />
      )}
    </>
  );
}
