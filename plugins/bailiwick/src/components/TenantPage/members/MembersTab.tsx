import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  RowTable,
  type TableColumn,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Paper, Typography } from '@material-ui/core';
import { useState } from 'react';
import { ActionButton, isAsker, RequestNote, underWay } from '../../change';
import type { TenantFacts } from '../facts/TenantFacts';
import { MembersDialog } from './MembersDialog';
import { TransferDialog } from './TransferDialog';

interface Row {
  subject: string;
  role: string;
  isOwningGroup: boolean;
}

const roleWords: Record<string, string> = {
  owner: 'manages the tenant: members, environments, plan and end',
  builder: 'makes and changes apps',
  viewer: 'looks at apps and reads their results',
};

const columns: TableColumn<Row>[] = [
  {
    title: 'Who',
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
      isOwningGroup ? 'owner (the tenant belongs to it)' : role,
  },
  { title: 'May', text: ({ role }) => roleWords[role] ?? '' },
];

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(3) },
  actions: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(2) },
}));

/** Who belongs to a tenant and what they may, and the ways to change it. */
export function MembersTab({ facts }: { facts: TenantFacts }) {
  const classes = useStyles();
  const [open, setOpen] = useState<'members' | 'transfer'>();
  const { requests, tenant } = facts;
  const { members, owners } = tenant.spec;
  const rows: Row[] = [
    ...owners.map(subject => ({ subject, role: 'owner', isOwningGroup: true })),
    ...members.map(member => ({ ...member, isOwningGroup: false })),
  ];
  const waiting = (['setMembers', 'transfer'] as const).flatMap(
    action => underWay(requests, action) ?? [],
  );
  return (
    <div className={classes.root}>
      {waiting.map(request => (
        <RequestNote
          key={request.metadata.name}
          facts={facts}
          request={request}
        />
      ))}
      {isAsker(facts, 'setMembers') ? (
        <div className={classes.actions}>
          <ActionButton
            action="setMembers"
            facts={facts}
            variant="contained"
            color="primary"
            onClick={() => setOpen('members')}
          >
            Change members
          </ActionButton>
          <ActionButton
            action="transfer"
            facts={facts}
            onClick={() => setOpen('transfer')}
          >
            Give it to others
          </ActionButton>
        </div>
      ) : (
        <Typography color="textSecondary">
          Owners change members and roles; ask one of them.
        </Typography>
      )}
      <Paper>
        <RowTable
          label="members"
          columns={columns}
          idOf={({ isOwningGroup, subject }) => `${subject} ${isOwningGroup}`}
          rows={rows}
        />
      </Paper>
      {open === 'members' && (
        <MembersDialog facts={facts} onClose={() => setOpen(undefined)} />
      )}
      {open === 'transfer' && (
        <TransferDialog facts={facts} onClose={() => setOpen(undefined)} />
      )}
    </div>
  );
}
