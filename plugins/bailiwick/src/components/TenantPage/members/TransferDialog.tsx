import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { readProposal } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { ListItemText, TextField, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useState } from 'react';
import { ChangeDialog } from '../../change/ChangeDialog';
import { Names } from '../../Names';
import { useSubjects, type Subject } from '../../useSubjects';
import type { TenantFacts } from '../facts/TenantFacts';

/** Transfers a tenant to other groups; they, or the platform team, must approve. */
export function TransferDialog({
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
  const [refs, setRefs] = useState(
    () =>
      readProposal('transfer', edited?.spec.proposed).proposal?.owners ?? [],
  );
  const owners = refs.map(
    (ref): Subject =>
      subjects.value?.find(one => one.ref === ref) ?? { ref, name: ref },
  );
  const groups = (subjects.value ?? []).filter(({ ref }) =>
    ref.startsWith('group:'),
  );
  const options = [
    ...groups,
    ...owners.filter(({ ref }) => groups.every(one => one.ref !== ref)),
  ];
  const isSame =
    refs.length === spec.owners.length &&
    refs.every(ref => spec.owners.includes(ref));
  const problems: [boolean, string][] = [
    [refs.length === 0, 'Choose the new owners.'],
    [isSame, 'They already own the tenant.'],
  ];
  const leaving = spec.owners.filter(owner => !refs.includes(owner));
  return (
    <ChangeDialog
      action="transfer"
      edited={edited}
      facts={facts}
      title={`Transfer ${spec.title}`}
      problem={problems.find(([applies]) => applies)?.[1]}
      proposed={() => ({ owners: refs })}
      onClose={onClose}
    >
      <Typography>
        Current owner: <Names of={spec.owners} />. The new owners or the
        platform team must approve.
      </Typography>
      {subjects.error && (
        <Alert severity="error">
          Can’t load groups from the catalog:{' '}
          {withFullStop(subjects.error.message)} Close the dialog and try again.
        </Alert>
      )}
      <Autocomplete
        multiple
        id="new-owners"
        loading={subjects.loading}
        options={options}
        value={owners}
        getOptionLabel={({ name }) => name}
        getOptionSelected={(a, b) => a.ref === b.ref}
        renderOption={({ name, ref }) => (
          <ListItemText primary={name} secondary={ref} />
        )}
        onChange={(_event, chosen) => setRefs(chosen.map(({ ref }) => ref))}
        renderInput={params => (
          <TextField
            {...params}
            label="New owners"
            variant="outlined"
            helperText="Groups. Their members manage the tenant."
          />
        )}
      />
      {refs.length > 0 && leaving.length > 0 && (
        <Alert severity="warning">
          <Names of={leaving} /> will lose ownership and keep access only as
          members.
        </Alert>
      )}
    </ChangeDialog>
  );
}
