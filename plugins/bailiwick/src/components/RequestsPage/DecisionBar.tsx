import {
  formatCount,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button } from '@material-ui/core';
import type { Verdict } from './BulkDecision';

/** Decides the selected requests together. */
export function DecisionBar({
  count,
  onClear,
  onDecide,
}: {
  /** Number of selected requests. */
  count: number;
  onClear: () => void;
  onDecide: (verdict: Verdict) => void;
}) {
  const requests = formatCount(count, 'request');
  return (
    <Stack
      direction="row"
      spacing={1}
      role="group"
      aria-label="Selected requests"
    >
      <Button
        variant="contained"
        color="primary"
        onClick={() => onDecide('approve')}
      >
        Approve {requests}
      </Button>
      <Button variant="outlined" onClick={() => onDecide('deny')}>
        Deny {requests}
      </Button>
      <Button onClick={onClear}>Clear selection</Button>
    </Stack>
  );
}
