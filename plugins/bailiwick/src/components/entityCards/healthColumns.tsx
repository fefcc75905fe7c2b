import type {
  Health,
  Stale,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  HealthChip,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { StaleNote } from '../StaleNote';

/** A state with its reason. */
export interface ExplainedHealth {
  health: Health;
  why: string;
  /** Present while its cluster is away. */
  stale?: Stale;
}

/** Columns with a health and its reason. */
export const healthColumns: TableColumn<ExplainedHealth>[] = [
  {
    title: 'Health',
    text: ({ health }) => health,
    cell: ({ health, stale }) => <HealthChip health={health} stale={stale} />,
  },
  {
    title: 'Reason',
    text: ({ why }) => why,
    cell: ({ stale, why }) => (
      <>
        {why}
        <StaleNote stale={stale} />
      </>
    ),
  },
];
