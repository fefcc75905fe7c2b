import { Typography } from '@material-ui/core';
import { ActionButton } from '../../change/ActionButton';
import { ChangeDialog } from '../../change/ChangeDialog';
import type { TenantFacts } from '../facts/TenantFacts';

/** Lets platform engineers close a tenant for changes, and open it again. */
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
          title={cordon ? `No more cordon around ${title}` : `Cordon ${title}`}
          proposed={reason => (cordon ? {} : { reason })}
          onClose={onClose}
        >
          <Typography>
            {cordon
              ? 'Members get back what their roles allow. Another platform engineer decides.'
              : 'While it is cordoned, members may only look; what runs goes on. They read your reason. Another platform engineer decides.'}
          </Typography>
        </ChangeDialog>
      )}
    >
      {cordon ? 'Take the cordon away' : 'Cordon'}
    </ActionButton>
  );
}
