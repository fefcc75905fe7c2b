import { resourceTitle } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  RowTable,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Paper } from '@material-ui/core';
import { UsageBar } from '../../UsageBar';
import type { TenantFacts } from '../facts/TenantFacts';
import { formatAmount, formatShare } from './formatAmount';
import { quotaRows, type QuotaRow, type Share } from './quotaRows';

/** Usage of the limits per environment and in total, and of the plan's budget. */
export function QuotaTable({ facts }: { facts: TenantFacts }) {
  const { environments } = facts.tenant.spec;
  const columns: TableColumn<QuotaRow>[] = [
    { title: 'Resource', text: ({ resource }) => resourceTitle(resource) },
    ...environments.map(
      ({ name }): TableColumn<QuotaRow> => ({
        title: name,
        text: row => formatShare(row.resource, row.environments[name]),
        cell: row => (
          <Used row={row} share={row.environments[name]} where={name} />
        ),
      }),
    ),
    {
      title: 'Total',
      text: ({ resource, sum }) => formatShare(resource, sum),
    },
    {
      title: 'Budget allocated',
      text: ({ budget, resource, sum }) =>
        budget === undefined
          ? 'no budget'
          : `${formatAmount(resource, sum.limit)} of ${formatAmount(
              resource,
              budget,
            )}`,
    },
  ];
  return (
    <Paper>
      <RowTable
        label="quota"
        columns={columns}
        idOf={({ resource }) => resource}
        rows={quotaRows(facts)}
      />
    </Paper>
  );
}

function Used({
  row: { resource },
  share,
  where,
}: {
  row: QuotaRow;
  share: Share;
  where: string;
}) {
  const words = formatShare(resource, share);
  const { limit, used } = share;
  if (used === undefined || !limit) return <>{words}</>;
  return (
    <>
      {words}
      <UsageBar
        label={`${resourceTitle(resource)} in ${where}: ${words}`}
        share={used / limit}
      />
    </>
  );
}
