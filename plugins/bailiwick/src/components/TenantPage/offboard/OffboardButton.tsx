import { useState } from 'react';
import { ActionButton } from '../../change';
import type { TenantFacts } from '../facts/TenantFacts';
import { OffboardDialog } from './OffboardDialog';

/** Lets an owner ask for the end of the tenant. */
export function OffboardButton({ facts }: { facts: TenantFacts }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActionButton
        action="offboard"
        facts={facts}
        color="secondary"
        onClick={() => setOpen(true)}
      >
        Delete the tenant
      </ActionButton>
      {isOpen && (
        <OffboardDialog facts={facts} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
