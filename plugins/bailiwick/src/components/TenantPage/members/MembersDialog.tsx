import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { readProposal } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import { useState } from 'react';
import { ChangeDialog } from '../../change/ChangeDialog';
import { ChangeList } from '../../RequestsPage/ChangeList';
import { changesOf } from '../../RequestsPage/changesOf';
import { MembersField } from '../../RequestTenantPage/MembersField';
import { useSubjects } from '../../useSubjects';
import type { TenantFacts } from '../facts/TenantFacts';

/** Adds and removes members and changes their roles, all in one request. */
export function MembersDialog({
  edited,
  facts,
  onClose,
}: {
  /** A request to fill the form in from. */
  edited?: RequestView;
  facts: TenantFacts;
  onClose: () => void;
}) {
  const { spec } = facts.tenant;
  const subjects = useSubjects();
  const [members, setMembers] = useState(
    () =>
      readProposal('setMembers', edited?.spec.proposed).proposal?.members ??
      spec.members,
  );
  const proposed = { members };
  const changes = changesOf({ action: 'setMembers', proposed }, spec);
  return (
    <ChangeDialog
      action="setMembers"
      edited={edited}
      facts={facts}
      title={`Members of ${spec.title}`}
      problem={changes.length === 0 ? 'Nothing is changed yet.' : undefined}
      proposed={() => proposed}
      onClose={onClose}
    >
      {subjects.error && (
        <Alert severity="error">
          Can’t load users from the catalog:{' '}
          {withFullStop(subjects.error.message)} You can still change and remove
          existing members.
        </Alert>
      )}
      {subjects.loading ? (
        <Skeleton variant="rect" height={160} />
      ) : (
        <MembersField
          subjects={(subjects.value ?? []).filter(
            ({ ref }) => !spec.owners.includes(ref),
          )}
          value={members}
          onChange={setMembers}
        />
      )}
      {changes.length > 0 && (
        <section>
          <Typography variant="subtitle2" component="h3">
            Changes
          </Typography>
          <ChangeList changes={changes} />
        </section>
      )}
    </ChangeDialog>
  );
}
