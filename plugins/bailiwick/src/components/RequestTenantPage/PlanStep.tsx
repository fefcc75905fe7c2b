import {
  FormControl,
  FormHelperText,
  FormLabel,
  makeStyles,
  TextField,
} from '@material-ui/core';
import { formatDuration } from '@bailiwick/backstage-plugin-bailiwick-react';
import { PlanChoice } from '../PlanChoice';
import { EnvironmentsField } from './EnvironmentsField';
import type { StepProps } from './StepProps';

const useStyles = makeStyles(theme => ({
  legend: { marginBottom: theme.spacing(1) },
}));

/** How much room the tenant has, in which environments, and until when. */
export function PlanStep({ choices, form }: StepProps) {
  const classes = useStyles();
  const { change, draft, plan, problems } = form;
  return (
    <>
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
            } chosen. The limits of the plan apply to each environment. An environment without an expiry date of its own expires with the tenant. A protected environment accepts only approved releases.`}
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
              ? `the longest the plan allows, ${formatDuration(
                  plan.spec.maxLifetime,
                )} after it is approved`
              : 'no expiry'
          }. Owners can renew it.`
        }
        value={draft.ends}
        onChange={({ target }) => change({ ends: target.value })}
      />
    </>
  );
}
