import { useApi } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { Access } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  ConfirmDialog,
  formatDate,
  RowTable,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Paper, Typography } from '@material-ui/core';
import { useState } from 'react';
import { appTitle } from '../../appTitle';
import { Name } from '../../Name';
import { Section } from '../../Section';

/** People outside the tenant who can read one of its apps; owners revoke their access. */
export function AccessList({
  accesses,
  apps,
  mayRevoke,
}: {
  accesses: Access[];
  /** The apps of the tenant. */
  apps: AppView[];
  mayRevoke: boolean;
}) {
  const client = useApi(bailiwickApiRef);
  const [revoking, setRevoking] = useState<Access>();
  const columns: TableColumn<Access>[] = [
    {
      title: 'Person',
      text: ({ user }) => user,
      cell: ({ user }) => <EntityRefLink entityRef={user} />,
    },
    {
      title: 'Access to',
      text: ({ app, environment, functions }) =>
        [`${appTitle(apps, app)} in ${environment}`, functions?.join(', ')]
          .filter(Boolean)
          .join(': '),
    },
    { title: 'Expires', text: ({ expiresAt }) => formatDate(expiresAt) },
    {
      title: '',
      text: () => '',
      cell: access =>
        mayRevoke && (
          <Button
            size="small"
            aria-label={`Revoke the access of ${access.user} to ${appTitle(
              apps,
              access.app,
            )}`}
            onClick={() => setRevoking(access)}
          >
            Revoke
          </Button>
        ),
    },
  ];
  if (accesses.length === 0) return null;
  return (
    <Section title="Access without membership">
      <Paper>
        <RowTable
          label="access"
          columns={columns}
          idOf={({ request }) => request}
          rows={accesses}
        />
      </Paper>
      {revoking && (
        <ConfirmDialog
          title="Revoke access"
          confirm="Revoke access"
          isDestructive
          onClose={() => setRevoking(undefined)}
          onConfirm={() => client.revokeAccess(revoking.request)}
        >
          <Typography>
            <Name of={revoking.user} /> can no longer read{' '}
            {appTitle(apps, revoking.app)} in {revoking.environment}. Existing
            tokens stop working at once.
          </Typography>
        </ConfirmDialog>
      )}
    </Section>
  );
}
