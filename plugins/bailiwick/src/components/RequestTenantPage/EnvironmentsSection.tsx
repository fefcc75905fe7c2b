import {
  formatDuration,
  NumberStepper,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { FormHelperText, TextField, Typography } from '@material-ui/core';
import { formatCost } from '../formatCost';
import { EnvironmentFields } from './EnvironmentFields';
import type { FormProps } from './FormProps';
import { FieldRow, FormSection } from './FormSection';
import { resizeEnvironments, type ChosenEnvironment } from './tenantDraft';

/** Environments with limits, and the expiry of the tenant. */
export function EnvironmentsSection({ form }: FormProps) {
  const { change, draft, plan, problems } = form;
  const { environments } = draft;
  if (!plan)
    return (
      <FormSection title="Environments">
        <Typography color="textSecondary">
          Select a plan to see its environments and limits.
        </Typography>
      </FormSection>
    );
  const { max, names } = plan.spec.environments;
  const replace = (position: number, one: ChosenEnvironment) =>
    change({ environments: environments.with(position, one) });
  return (
    <FormSection title="Environments">
      <FieldRow>
        <NumberStepper
          id="tenant-environments"
          label="Number of environments"
          min={1}
          max={Math.min(max, Math.max(names.length, 1))}
          step={1}
          value={environments.length}
          error={environments.length > max}
          helperText={`${environments.length} of ${max} in plan ${
            plan.spec.title
          }: ${formatCost(plan, form.spec.environments)}`}
          onChange={count =>
            count !== undefined &&
            change({
              environments: resizeEnvironments(environments, count, names),
            })
          }
        />
        <TextField
          type="date"
          id="tenant-ends"
          label="Expires"
          size="small"
          variant="outlined"
          InputLabelProps={{ shrink: true }}
          error={Boolean(problems.ends)}
          helperText={
            problems.ends ??
            `If empty: ${
              plan.spec.maxLifetime
                ? `the maximum of the plan, ${formatDuration(
                    plan.spec.maxLifetime,
                  )} after approval`
                : 'no expiry'
            }. Owners can renew the tenant.`
          }
          value={draft.ends}
          onChange={({ target }) => change({ ends: target.value })}
        />
      </FieldRow>
      {problems.environments && (
        <FormHelperText error role="alert">
          {problems.environments}
        </FormHelperText>
      )}
      <div>
        {environments.map((one, position) => (
          <EnvironmentFields
            // Renaming one keeps its fields open.
            // eslint-disable-next-line react/no-array-index-key
            key={position}
            names={names.filter(
              name =>
                name === one.name ||
                !environments.some(other => other.name === name),
            )}
            plan={plan}
            value={one}
            onChange={changed => replace(position, changed)}
          />
        ))}
      </div>
    </FormSection>
  );
}
