import { tenantNameMax } from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  FormControl,
  FormHelperText,
  FormLabel,
  makeStyles,
  MenuItem,
  TextField,
} from '@material-ui/core';
import { useState } from 'react';
import { EnvironmentsField } from './EnvironmentsField';
import { MembersField } from './MembersField';
import { nameOf } from '../nameOf';
import { PlanChoice } from '../PlanChoice';
import type { TenantDraft } from './tenantDraft';
import type { useRequestTenant } from './useRequestTenant';

type Form = ReturnType<typeof useRequestTenant>;
type Choices = NonNullable<Form['choices']['value']>;

const useStyles = makeStyles(theme => ({
  legend: { marginBottom: theme.spacing(1) },
}));

/** The fields of a request for a tenant; each says what is wrong while one types. */
export function TenantForm({
  choices,
  form,
}: {
  choices: Choices;
  form: Form;
}) {
  const classes = useStyles();
  const { change, draft, plan, problems } = form;
  const [touched, setTouched] = useState<
    Partial<Record<keyof TenantDraft, boolean>>
  >({});

  const text = (
    field: 'title' | 'name' | 'purpose' | 'reason',
    label: string,
    help: string,
  ) => ({
    id: `tenant-${field}`,
    label,
    value: draft[field],
    variant: 'outlined' as const,
    required: true,
    error: Boolean(touched[field] && problems[field]),
    helperText: (touched[field] && problems[field]) || help,
    onBlur: () => setTouched(before => ({ ...before, [field]: true })),
  });

  return (
    <>
      <TextField
        {...text('title', 'Title', 'What people call it, such as Rates desk.')}
        onChange={({ target }) => {
          const follows = draft.name === nameOf(draft.title, tenantNameMax);
          setTouched(before => ({
            ...before,
            title: true,
            name: follows || before.name,
          }));
          change({
            title: target.value,
            ...(follows && { name: nameOf(target.value, tenantNameMax) }),
          });
        }}
      />
      <TextField
        {...text(
          'name',
          'Name',
          form.isNameFree
            ? 'It is free. Part of addresses; cannot be changed later.'
            : 'Part of addresses; cannot be changed later.',
        )}
        onChange={({ target }) => {
          setTouched(before => ({ ...before, name: true }));
          change({ name: target.value });
        }}
      />
      <TextField
        {...text('purpose', 'Purpose', 'What it is for, in a sentence.')}
        onChange={({ target }) => {
          setTouched(before => ({ ...before, purpose: true }));
          change({ purpose: target.value });
        }}
      />
      <TextField
        select
        id="tenant-owner"
        label="Owner"
        variant="outlined"
        value={draft.owner}
        helperText="Its members manage the tenant."
        onChange={({ target }) => change({ owner: target.value })}
      >
        {choices.groups.map(({ name, ref }) => (
          <MenuItem key={ref} value={ref}>
            {name}
          </MenuItem>
        ))}
      </TextField>
      <FormControl component="fieldset" error={Boolean(problems.plan)}>
        <FormLabel component="legend" className={classes.legend}>
          Plan
        </FormLabel>
        <PlanChoice
          plans={choices.plans}
          environments={form.spec.environments}
          value={draft.plan}
          onChange={name => change({ plan: name })}
        />
      </FormControl>
      <FormControl component="fieldset" error={Boolean(problems.environments)}>
        <FormLabel component="legend">Environments</FormLabel>
        <EnvironmentsField
          names={plan?.spec.environments.names ?? ['dev']}
          value={draft.environments}
          onChange={environments => change({ environments })}
        />
        <FormHelperText>
          {problems.environments ??
            `${draft.environments.length} of ${
              plan?.spec.environments.max ?? 1
            } chosen. Each has the limits of the plan to itself, and ends with the tenant if it has no end of its own. A protected one takes only releases that somebody approves.`}
        </FormHelperText>
      </FormControl>
      <TextField
        type="date"
        id="tenant-ends"
        label="Ends"
        variant="outlined"
        InputLabelProps={{ shrink: true }}
        error={Boolean(problems.ends)}
        helperText={
          problems.ends ??
          `Empty: ${
            plan?.spec.maxLifetime
              ? `as late as the plan allows, ${plan.spec.maxLifetime} after it is approved`
              : 'it has no end'
          }. Owners can renew it.`
        }
        value={draft.ends}
        onChange={({ target }) => change({ ends: target.value })}
      />
      <TextField
        id="tenant-cost-centre"
        label="Cost centre"
        variant="outlined"
        error={Boolean(problems.costCentre)}
        helperText={problems.costCentre ?? 'Who pays for it, if you know.'}
        value={draft.costCentre}
        onChange={({ target }) => change({ costCentre: target.value })}
      />
      <MembersField
        subjects={choices.subjects}
        value={draft.members}
        onChange={members => change({ members })}
      />
      <TextField
        {...text(
          'reason',
          'Reason',
          'Why you need it; the person who decides reads it.',
        )}
        inputProps={{ maxLength: 500 }}
        multiline
        minRows={2}
        onChange={({ target }) => change({ reason: target.value })}
      />
    </>
  );
}
