import { Typography } from '@material-ui/core';
import { ActionButton } from '../../change/ActionButton';
import { ChangeDialog } from '../../change/ChangeDialog';
import type { TenantFacts } from '../facts/TenantFacts';

/** Lets platform engineers cordon a tenant, and uncordon it. */
export function CordonButton({ facts }: { facts: TenantFacts }) {
  const { cordon, title } = facts.tenant.spec;
  const action = cordon ? 'uncordon' : 'cordon';
  return (
    <ActionButton
      action={action}
      facts={facts}
      dialog={onClose => (
        <ChangeDialog
          action={action}
          facts={facts}
          title={cordon ? `Lift the cordon of ${title}` : `Cordon ${title}`}
          proposed={reason => (cordon ? {} : { reason })}
          onClose={onClose}
        >
          <Typography>
            {cordon
              ? 'Members regain the permissions of their roles. Another platform engineer must approve.'
              : 'While the tenant is cordoned, members have read-only access and running apps continue. Members see your reason. Another platform engineer must approve.'}
          </Typography>
        </ChangeDialog>
      )}
    >
      {cordon ? 'Lift cordon' : 'Cordon'}
    </ActionButton>
  );
}
