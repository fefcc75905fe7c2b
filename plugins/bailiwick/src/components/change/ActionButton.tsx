import type { TenantAction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { Button, Typography, type ButtonProps } from '@material-ui/core';
import { useId, type ReactNode } from 'react';
import type { TenantFacts } from '../TenantPage/facts/TenantFacts';
import { isAsker, disabledReason } from './disabledReason';

/** Begins to ask for a change; switched off with the reason, hidden from who may never ask. */
export function ActionButton({
  action,
  children,
  facts,
  problem,
  ...button
}: {
  action: TenantAction;
  children: ReactNode;
  facts: TenantFacts;
  /** Why it makes no sense now. */
  problem?: string;
} & Pick<
  ButtonProps,
  'aria-label' | 'onClick' | 'size' | 'variant' | 'color'
>) {
  const reasonId = useId();
  if (!isAsker(facts, action)) return null;
  const reason = disabledReason(facts, action) ?? problem;
  return (
    <div>
      <Button
        variant="outlined"
        {...button}
        disabled={reason !== undefined}
        aria-describedby={reason && reasonId}
      >
        {children}
      </Button>
      {reason && (
        <Typography id={reasonId} variant="body2" color="textSecondary">
          {reason}
        </Typography>
      )}
    </div>
  );
}
