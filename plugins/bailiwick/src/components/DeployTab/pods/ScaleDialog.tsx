import type { AppEnvironment } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  ConfirmDialog,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { TextField, Typography } from '@material-ui/core';
import { useId, useState } from 'react';

const most = 100;

/** Asks for the number of an app's pods in an environment. */
export function ScaleDialog({
  environment: { name, replicas, suspended },
  onClose,
  scale,
  title,
}: {
  environment: AppEnvironment;
  onClose: () => void;
  scale: (replicas: { min: number; max: number }) => Promise<unknown>;
  title: string;
}) {
  const id = useId();
  const [fewest, setFewest] = useState(`${Math.max(1, replicas?.min ?? 1)}`);
  const [highest, setHighest] = useState(`${replicas?.max ?? 1}`);
  const min = countOf(fewest);
  const max = countOf(highest);
  const isOrdered = min !== undefined && max !== undefined && min <= max;
  return (
    <ConfirmDialog
      title={`Scale ${title} in ${name}`}
      confirm="Scale"
      isDisabled={!isOrdered}
      onConfirm={async () => scale({ min: min!, max: max! })}
      onClose={onClose}
    >
      <Typography>{describeScale(suspended ?? false, min, max)}</Typography>
      <Stack direction="row" align="start">
        <TextField
          id={`${id}-min`}
          label="Minimum pods"
          type="number"
          variant="outlined"
          inputProps={{ min: 1, max: most }}
          value={fewest}
          error={min === undefined}
          helperText={min === undefined ? `1 to ${most}` : ' '}
          onChange={({ target }) => setFewest(target.value)}
        />
        <TextField
          id={`${id}-max`}
          label="Maximum pods"
          type="number"
          variant="outlined"
          inputProps={{ min: 1, max: most }}
          value={highest}
          error={!isOrdered}
          helperText={
            max !== undefined && min !== undefined && !isOrdered
              ? `at least ${min}`
              : ' '
          }
          onChange={({ target }) => setHighest(target.value)}
        />
      </Stack>
    </ConfirmDialog>
  );
}

function countOf(text: string): number | undefined {
  const count = Number(text);
  const isCount = /^[0-9]{1,3}$/.test(text) && count >= 1 && count <= most;
  return isCount ? count : undefined;
}

function describeScale(suspended: boolean, min?: number, max?: number): string {
  const isFixed = min !== undefined && min === max;
  const number = isFixed
    ? `${min === 1 ? 'One pod runs' : `${min} pods run`}.`
    : 'Kubernetes scales between minimum and maximum by CPU usage.';
  const paused = suspended
    ? ' The app is paused; this applies when it is resumed.'
    : '';
  return `${number} Calls are not interrupted.${paused}`;
}
