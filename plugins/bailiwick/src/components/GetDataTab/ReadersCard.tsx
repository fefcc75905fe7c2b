import { useApi } from '@backstage/core-plugin-api';
import type {
  AppView,
  ReaderView,
  ReadersView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  EmptyState,
  formatCount,
  formatDate,
  formatList,
  LiveContent,
  RelativeTime,
  SearchableTable,
  Stack,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Grid, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { isRefused } from '../access/isRefused';
import { Name } from '../Name';
import { TabCard } from '../TabCard';
import { toolOf } from './tools';

const columns: TableColumn<ReaderView>[] = [
  {
    title: 'Reader',
    text: ({ subject }) => subject,
    cell: ({ subject }) => <Name of={subject} />,
  },
  { title: 'Token for', text: ({ client }) => toolOf(client) },
  {
    title: 'Function',
    text: ({ environment, fn }) => `${fn || '–'} in ${environment}`,
  },
  {
    title: 'Calls',
    text: ({ calls, failed }) =>
      failed > 0 ? `${calls} (${failed} rejected or failed)` : String(calls),
    align: 'right',
  },
  {
    title: 'Last call',
    text: ({ lastAt }) => lastAt,
    cell: ({ lastAt }) => <RelativeTime at={lastAt} />,
  },
];

/** Who reads an app, with which tool, and which functions nobody reads; only for people who see the reads of the tenant. */
export function ReadersCard({ app }: { app: AppView }) {
  const client = useApi(bailiwickApiRef);
  const { name } = app.metadata;
  const { error, retry, value } = useAsyncRetry(
    () => client.getReaders(app.tenant, name),
    [client, app.tenant, name],
  );
  if (isRefused({ error, value })) return null;
  return (
    <Grid item xs={12}>
      <TabCard title="Readers">
        <LiveContent
          live={{ error, value }}
          onRetry={retry}
          skeletons={[120]}
          what="Readers"
        >
          {readers => <Readers app={app} readers={readers} />}
        </LiveContent>
      </TabCard>
    </Grid>
  );
}

function Readers({
  app,
  readers: { items, notes, since },
}: {
  app: AppView;
  readers: ReadersView;
}) {
  const unused = unusedOf(app, items);
  return (
    <Stack>
      {notes.map(note => (
        <Alert key={note} severity="warning">
          {note}
        </Alert>
      ))}
      {since === undefined ? (
        <EmptyState title="No reads yet">
          People who read the app appear here with their tools and calls.
        </EmptyState>
      ) : (
        <>
          <SearchableTable
            label="readers"
            columns={columns}
            idOf={({ client, environment, fn, subject }) =>
              [environment, fn, subject, client].join(' ')
            }
            rows={items}
          />
          <Typography variant="body2" color="textSecondary">
            Reads since {formatDate(since)}.
            {unused.length > 0 &&
              ` ${formatCount(
                unused.length,
                'function',
              )} without reads: ${formatList(unused)}.`}
          </Typography>
        </>
      )}
    </Stack>
  );
}

/** Returns the functions that nobody read, with their environments. */
function unusedOf({ status }: AppView, items: ReaderView[]): string[] {
  const read = new Set(
    items.map(({ environment, fn }) => `${fn} in ${environment}`),
  );
  return (status?.environments ?? [])
    .flatMap(({ contract, name }) =>
      (contract?.functions ?? []).map(fn => `${fn.name} in ${name}`),
    )
    .filter(name => !read.has(name));
}
