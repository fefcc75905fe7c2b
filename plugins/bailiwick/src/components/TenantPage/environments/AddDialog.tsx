import { resources } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  Checkbox,
  FormControlLabel,
  makeStyles,
  TextField,
  Typography,
} from '@material-ui/core';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useState } from 'react';
import { ChangeDialog } from '../../change/ChangeDialog';
import { formatCost } from '../../formatCost';
import type { TenantFacts } from '../facts/TenantFacts';
import {
  emptyEnvironment,
  environmentOf,
  environmentProblem,
  limitedFields,
} from './environmentDraft';

const useStyles = makeStyles(theme => ({
  row: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fit, minmax(140px, 1fr))',
  },
}));

/** Asks for one more environment. */
export function AddDialog({
  facts,
  onClose,
}: {
  facts: TenantFacts;
  onClose: () => void;
}) {
  const classes = useStyles();
  const { plan, tenant } = facts;
  const existing = tenant.spec.environments;
  const offered = (plan?.spec.environments.names ?? []).filter(
    name => !existing.some(one => one.name === name),
  );
  const [draft, setDraft] = useState(() => emptyEnvironment(offered[0] ?? ''));
  const change = (fields: Partial<typeof draft>) =>
    setDraft(before => ({ ...before, ...fields }));
  const problem = environmentProblem(draft, tenant.spec, plan, Date.now());
  const added = environmentOf(draft);
  return (
    <ChangeDialog
      action="setEnvironments"
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
        label="Ends"
        variant="outlined"
        InputLabelProps={{ shrink: true }}
        helperText="Leave empty to expire with the tenant."
        value={draft.ends}
        onChange={({ target }) => change({ ends: target.value })}
      />
      <div className={classes.row}>
        {limitedFields(plan).map(field => (
          <TextField
            key={field}
            id={`environment-${field}`}
            label={resources[field].title}
            variant="outlined"
            InputLabelProps={{ shrink: true }}
            placeholder={String(plan?.spec.perEnvironment[field] ?? '')}
            helperText={`At most ${plan?.spec.perEnvironment[field] ?? '…'}`}
            value={draft.limits[field] ?? ''}
            onChange={({ target }) =>
              change({ limits: { ...draft.limits, [field]: target.value } })
            }
          />
        ))}
      </div>
      {plan && (
        <Typography>
          {existing.length} of {plan.spec.environments.max} environments used.
          Total cost: {formatCost(plan, existing)} now
          {!problem && `, and ${formatCost(plan, [...existing, added])} then`}.
        </Typography>
      )}
    </ChangeDialog>
  );
}
