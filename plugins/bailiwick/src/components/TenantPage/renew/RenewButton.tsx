import { useState } from 'react';
import { ActionButton } from '../../change';
import type { TenantFacts } from '../facts/TenantFacts';
import { RenewDialog } from './RenewDialog';

/** Lets an owner prolong the life of a tenant, or of one of its environments. */
export function RenewButton({
  environment,
  facts,
}: {
  environment?: string;
  facts: TenantFacts;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActionButton
        action="renew"
        facts={facts}
        size="small"
        aria-label={environment && `Renew ${environment}`}
        onClick={() => setOpen(true)}
      >
        Renew
      </ActionButton>
      {isOpen && (
        <RenewDialog
          facts={facts}
          environment={environment}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
