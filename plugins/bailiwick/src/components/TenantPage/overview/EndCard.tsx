import { InfoCard } from '@backstage/core-components';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { ActionButton } from '../../change/ActionButton';
import { canRequest } from '../../change/disabledReason';
import { OffboardDialog } from '../offboard/OffboardDialog';
import type { TenantFacts } from '../facts/TenantFacts';
import { CordonButton } from './CordonButton';

/** Actions that close or end a tenant, for those who can request them. */
export function EndCard({ facts }: { facts: TenantFacts }) {
  if (!canRequest(facts, 'offboard')) return null;
  return (
    <InfoCard title="Danger zone">
      <Stack>
        <Typography>
          {facts.tenant.spec.deletionProtection
            ? 'Deletion protection is on: the tenant can be deleted only by a request that someone else approves.'
            : 'Deletion protection is off.'}
        </Typography>
        <CordonButton facts={facts} />
        <ActionButton
          action="offboard"
          facts={facts}
          color="secondary"
          dialog={onClose => <OffboardDialog facts={facts} onClose={onClose} />}
        >
          Delete tenant
        </ActionButton>
      </Stack>
    </InfoCard>
  );
}
