import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  RowTable,
  Stack,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import type { TenantRole } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { Paper, Typography } from '@material-ui/core';
import { ActionButton } from '../../change/ActionButton';
import { canRequest } from '../../change/disabledReason';
import { RequestNotes } from '../../change/RequestNote';
import { roleTitles } from '../../roleTitles';
import type { TenantFacts } from '../facts/TenantFacts';
import { AccessList } from './AccessList';
import { MembersDialog } from './MembersDialog';
import { TransferDialog } from './TransferDialog';

interface Row {
  subject: string;
  role: TenantRole;
  isOwningGroup: boolean;
}

const permissions: Record<TenantRole, string> = {
  owner: 'Manages members, environments, plan and expiry',
  builder: 'Creates and changes apps',
  viewer: 'Sees apps and reads their results',
};

const columns: TableColumn<Row>[] = [
  {
    title: 'Member',
    text: ({ subject }) => subject,
    cell: ({ subject }) => <EntityRefLink entityRef={subject} />,
  },
  {
    title: 'Kind',
    text: ({ subject }) => (subject.startsWith('user:') ? 'Person' : 'Group'),
  },
  {
    title: 'Role',
    text: ({ isOwningGroup, role }) =>
      isOwningGroup ? 'Owner (owning group)' : roleTitles[role],
  },
  { title: 'Permissions', text: ({ role }) => permissions[role] },
];

/** Lists the members of a tenant with their roles; owners can change them. */
export function MembersTab({ facts }: { facts: TenantFacts }) {
  const { members, owners } = facts.tenant.spec;
  const rows: Row[] = [
    ...owners.map(subject => ({
      subject,
      role: 'owner' as const,
      isOwningGroup: true,
    })),
    ...members.map(member => ({ ...member, isOwningGroup: false })),
  ];
  return (
    <Stack spacing={3}>
      <RequestNotes actions={['setMembers', 'transfer']} facts={facts} />
      <Stack direction="row">
        <ActionButton
          action="setMembers"
          facts={facts}
          variant="contained"
          color="primary"
          dialog={onClose => <MembersDialog facts={facts} onClose={onClose} />}
        >
          Change members
        </ActionButton>
        <ActionButton
          action="transfer"
          facts={facts}
          dialog={onClose => <TransferDialog facts={facts} onClose={onClose} />}
        >
          Transfer ownership
        </ActionButton>
        {!canRequest(facts, 'setMembers') && (
          <Typography color="textSecondary">
            Only owners can change members and roles.
          </Typography>
        )}
      </Stack>
      <Paper>
        <RowTable
          label="members"
          columns={columns}
          idOf={({ isOwningGroup, subject }) => `${subject} ${isOwningGroup}`}
          rows={rows}
        />
      </Paper>
      <AccessList
        apps={facts.apps}
        accesses={facts.tenant.status?.access ?? []}
        mayRevoke={canRequest(facts, 'setMembers')}
      />
    </Stack>
  );
}
