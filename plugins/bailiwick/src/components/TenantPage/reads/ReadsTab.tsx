import type {
  AppView,
  ReadsView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  EmptyState,
  formatBytes,
  formatCount,
  LiveContent,
  RelativeTime,
  SearchableTable,
  Stack,
  type TableColumn,
  withUnit,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { appTitle } from '../../appTitle';
import { Name } from '../../Name';
import { isRefused } from '../../access/isRefused';
import { readerName } from '../../GetDataTab/readerName';
import { toolOf } from '../../GetDataTab/tools';
import type { TenantFacts } from '../facts/TenantFacts';
import { useReads } from './useReads';

type Read = ReadsView['items'][number];

const columnsOf = (apps: AppView[]): TableColumn<Read>[] => [
  {
    title: 'Time',
    text: ({ at }) => at,
    cell: ({ at }) => <RelativeTime at={at} />,
  },
  {
    title: 'Reader',
    text: ({ subject }) => subject,
    cell: ({ subject }) => <Name of={subject} />,
  },
  {
    title: 'Function',
    text: ({ app, environment, fn }) =>
      [appTitle(apps, app), environment, fn].filter(Boolean).join(' › '),
  },
  {
    title: 'Client',
    // People can use the token of one tool in another one.
    text: ({ agent, client }) =>
      `${readerName(client, agent)} · token: ${toolOf(client)}`,
    cell: ({ agent, client }) => (
      <span title={agent}>
        {readerName(client, agent)}
        <br />
        Token: {toolOf(client)}
      </span>
    ),
  },
  { title: 'Result', text: describeResult },
  {
    title: 'Duration',
    text: ({ ms }) => withUnit(ms, 'ms'),
    align: 'right',
  },
];

/** Lists the readers of the tenant's apps, for owners and platform engineers. */
export function ReadsTab({
  facts: {
    apps,
    tenant: {
      metadata: { name },
    },
  },
}: {
  facts: TenantFacts;
}) {
  const reads = useReads(name);
  const { error, failure, items } = reads;
  if (isRefused({ value: items, error }))
    return (
      <EmptyState title="Reads are visible only to owners and platform engineers">
        Ask an owner or a platform engineer for a CSV file of the reads.
      </EmptyState>
    );
  return (
    <LiveContent live={{ value: items, error }} what="Reads">
      {shown => (
        <Stack>
          {reads.notes.map(note => (
            <Alert key={note} severity="warning">
              {note}
            </Alert>
          ))}
          {failure && <Alert severity="error">{failure.message}</Alert>}
          {shown.length === 0 ? (
            <EmptyState
              title="No reads yet"
              action={<Button onClick={reads.refresh}>Refresh</Button>}
            >
              Each read with a token appears here within a second.
            </EmptyState>
          ) : (
            <>
              <SearchableTable
                label="reads"
                columns={columnsOf(apps)}
                idOf={({ at, bytes, fn, grant, ms }) =>
                  [at, grant, fn, bytes, ms].join(' ')
                }
                rows={shown}
                aside={
                  <Stack direction="row">
                    <Button onClick={reads.refresh}>Refresh</Button>
                    <Button onClick={reads.save} disabled={reads.isBusy}>
                      Download CSV
                    </Button>
                  </Stack>
                }
              />
              <Stack direction="row">
                {reads.hasOlder && (
                  <Button onClick={reads.loadOlder} disabled={reads.isBusy}>
                    Load older reads
                  </Button>
                )}
                <Typography variant="body2" color="textSecondary">
                  {formatCount(shown.length, 'read')} loaded
                </Typography>
              </Stack>
            </>
          )}
        </Stack>
      )}
    </LiveContent>
  );
}

/** Size of a result, or the reason why there is none. */
function describeResult({ bytes, isAborted, rows, status }: Read): string {
  if (status >= 400) return `Status ${status}`;
  const size = formatBytes(bytes);
  const counted =
    rows === undefined ? size : `${formatCount(rows, 'row')}, ${size}`;
  return isAborted ? `${counted}, closed by the reader` : counted;
}
