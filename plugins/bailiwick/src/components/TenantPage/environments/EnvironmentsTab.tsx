import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Grid, Typography } from '@material-ui/core';
import { ActionButton } from '../../change/ActionButton';
import { RequestNotes } from '../../change/RequestNote';
import type { TenantFacts } from '../facts/TenantFacts';
import { AddDialog } from './AddDialog';
import { TenantEnvironmentPanel } from './TenantEnvironmentPanel';

/** The environments of a tenant: state, rules, end, limits, and the ways to change them. */
export function EnvironmentsTab({ facts }: { facts: TenantFacts }) {
  const { plan, tenant } = facts;
  const { environments } = tenant.spec;
  return (
    <Stack spacing={3}>
      <RequestNotes actions={['setEnvironments', 'renew']} facts={facts} />
      <Stack direction="row" justify="space-between">
        <Typography>
          {plan
            ? `${environments.length} of ${plan.spec.environments.max} environments of plan ${plan.spec.title} used.`
            : `${environments.length} environments.`}
        </Typography>
        <ActionButton
          action="setEnvironments"
          facts={facts}
          variant="contained"
          color="primary"
          problem={
            plan && environments.length >= plan.spec.environments.max
              ? `${environments.length} of ${plan.spec.environments.max} environments used. Request another plan under Quota.`
              : undefined
          }
          dialog={onClose => <AddDialog facts={facts} onClose={onClose} />}
        >
          Add environment
        </ActionButton>
      </Stack>
      <Grid container spacing={3}>
        {environments.map(environment => (
          <Grid item xs={12} md={6} key={environment.name}>
            <TenantEnvironmentPanel environment={environment} facts={facts} />
          </Grid>
        ))}
      </Grid>
    </Stack>
  );
}
