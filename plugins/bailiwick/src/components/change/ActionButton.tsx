import type { TenantAction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { Button, Typography, type ButtonProps } from '@material-ui/core';
import { useId, useState, type ReactNode } from 'react';
import type { TenantFacts } from '../TenantPage/facts/TenantFacts';
import { canRequest, disabledReason } from './disabledReason';

/** Opens the dialog that requests a change; disabled with the reason, hidden from people who can never request it. */
export function ActionButton({
  action,
  children,
  dialog,
  facts,
  problem,
  ...button
}: {
  action: TenantAction;
  children: ReactNode;
  dialog: (onClose: () => void) => ReactNode;
  facts: TenantFacts;
  /** Reason why it is disabled. */
  problem?: string;
} & Pick<ButtonProps, 'aria-label' | 'size' | 'variant' | 'color'>) {
  const reasonId = useId();
  const [isOpen, setOpen] = useState(false);
  const reason = disabledReason(facts, action) ?? problem;
  return (
    <>
      {canRequest(facts, action) && (
        <div>
          <Button
            variant="outlined"
            {...button}
            disabled={reason !== undefined}
            aria-describedby={reason && reasonId}
            onClick={() => setOpen(true)}
          >
            {children}
          </Button>
          {reason && (
            <Typography id={reasonId} variant="body2" color="textSecondary">
              {reason}
            </Typography>
          )}
        </div>
      )}
      {isOpen && dialog(() => setOpen(false))}
    </>
  );
}
