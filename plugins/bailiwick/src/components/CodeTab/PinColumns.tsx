import type {
  ColumnPin,
  TryView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  formatCount,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import type { PinState } from './usePin';

/** Offers to declare the columns that a try inferred, in the code of the function. */
export function PinColumns({
  fn: { name, result },
  isOutdated,
  of: { isPinned, pin, undo },
  rows,
}: {
  fn: ContractFunction;
  /** Whether the code has changed since. */
  isOutdated: boolean;
  of: PinState;
  rows: ColumnPin;
}) {
  const from = `${result.kind === 'stream' ? 'the first ' : ''}${formatCount(
    rows.rows,
    'row',
  )}`;
  if (isPinned)
    return (
      <Alert
        severity="success"
        action={
          undo && (
            <Button color="inherit" size="small" onClick={undo}>
              Undo pinning
            </Button>
          )
        }
      >
        Pinned {formatCount(result.columns?.length ?? 0, 'column')} of {name} in{' '}
        {rows.changed?.path}, inferred from {from}. Check the row class, then
        commit it.
      </Alert>
    );
  if (isOutdated) return null;
  if (rows.refusal)
    return (
      <Alert severity="info">
        The code declares no columns of {name}, and they can’t be inferred from{' '}
        {from}. {rows.refusal}
      </Alert>
    );
  return (
    <Stack spacing={1} align="start">
      <Typography variant="body2">
        The code declares no columns of {name}. Those shown are inferred from{' '}
        {from}. Pinning writes a row class with them above the function, as a
        change that you can edit.
      </Typography>
      <Button variant="outlined" disabled={!pin} onClick={pin}>
        Pin columns
      </Button>
    </Stack>
  );
}

/** Explains how to get the columns of code whose only problem is that they are missing. */
export function PinHint({ view }: { view: TryView }) {
  return view.contract && view.problems && !view.result ? (
    <Typography variant="body2">
      The portal can infer missing columns: try the function, then choose Pin
      columns.
    </Typography>
  ) : null;
}
