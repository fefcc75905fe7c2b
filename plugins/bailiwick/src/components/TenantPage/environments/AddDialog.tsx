import { readProposal } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { RequestView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  Checkbox,
  FormControlLabel,
  TextField,
  Typography,
} from '@material-ui/core';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useState } from 'react';
import { ChangeDialog } from '../../change/ChangeDialog';
import { formatCost } from '../../formatCost';
import type { TenantFacts } from '../facts/TenantFacts';
import { LimitFields } from '../../LimitFields';
import {
  chosen,
  chosenOf,
  chosenSpec,
} from '../../RequestTenantPage/tenantDraft';
import { environmentProblem } from './environmentDraft';

/** Requests an additional environment. */
export function AddDialog({
  edited,
  facts,
  onClose,
}: {
  /** A request to fill the form in from. */
  edited?: RequestView;
  facts: TenantFacts;
  onClose: () => void;
}) {
  const { plan, tenant } = facts;
  const existing = tenant.spec.environments;
  const offered = (plan?.spec.environments.names ?? []).filter(
    name => !existing.some(one => one.name === name),
  );
  const [draft, setDraft] = useState(() => {
    const asked = readProposal(
      'setEnvironments',
      edited?.spec.proposed,
    ).proposal;
    const [added] = asked && 'add' in asked ? asked.add ?? [] : [];
    return added ? chosenOf(added) : chosen(offered[0] ?? '');
  });
  const change = (fields: Partial<typeof draft>) =>
    setDraft(before => ({ ...before, ...fields }));
  const problem = environmentProblem(draft, tenant.spec, plan, Date.now());
  const added = chosenSpec(draft);
  return (
    <ChangeDialog
      action="setEnvironments"
      edited={edited}
      facts={facts}
      title={`Add an environment to ${tenant.spec.title}`}
      problem={problem}
      proposed={() => ({ add: [added] })}
      onClose={onClose}
    >
      <Autocomplete
        freeSolo
        id="environment-name"
        options={offered}
        value={draft.name || null}
        inputValue={draft.name}
        onInputChange={(_event, name) => change({ name })}
        renderInput={params => (
          <TextField
            {...params}
            label="Name"
            variant="outlined"
            required
            helperText="Part of addresses; can’t be changed later."
          />
        )}
      />
      <FormControlLabel
        label="Protected: accepts only approved releases"
        control={
          <Checkbox
            color="primary"
            checked={draft.isProtected}
            onChange={(_event, isProtected) => change({ isProtected })}
          />
        }
      />
      <TextField
        id="environment-ends"
        type="date"
        label="Expires"
        variant="outlined"
        InputLabelProps={{ shrink: true }}
        helperText="Leave empty to expire with the tenant."
        value={draft.ends}
        onChange={({ target }) => change({ ends: target.value })}
      />
      {plan && (
        <LimitFields
          idPrefix="environment"
          limits={draft.limits}
          plan={plan}
          onChange={limits => change({ limits })}
        />
      )}
      {plan && (
        <Typography>
          {existing.length} of {plan.spec.environments.max} environments used.
          Total cost now: {formatCost(plan, existing)}
          {!problem &&
            `; afterwards: ${formatCost(plan, [...existing, added])}`}
          .
        </Typography>
      )}
    </ChangeDialog>
  );
}
