import type { AppEnvironment } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  ConfirmDialog,
  formatCount,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { TextField, Typography } from '@material-ui/core';
import { useId, useState } from 'react';
import { countOf } from './countOf';

const mostPods = 100;
const mostMinutes = 10_080;
const leastMinutes = 5;

/** Asks for the number of an app's pods in an environment, and whether none runs while nobody calls it. */
export function ScaleDialog({
  environment: { name, replicas, scaleToZeroMinutes, suspended },
  isProtected,
  onClose,
  scale,
  title,
}: {
  environment: AppEnvironment;
  /** Whether the environment is protected, where pods always run. */
  isProtected: boolean;
  onClose: () => void;
  scale: (wanted: {
    min: number;
    max: number;
    scaleToZeroMinutes?: number | null;
  }) => Promise<unknown>;
  title: string;
}) {
  const id = useId();
  const [fewest, setFewest] = useState(`${Math.max(1, replicas?.min ?? 1)}`);
  const [highest, setHighest] = useState(`${replicas?.max ?? 1}`);
  const [idle, setIdle] = useState(`${scaleToZeroMinutes ?? ''}`);
  const min = countOf(fewest, mostPods);
  const max = countOf(highest, mostPods);
  const minutes =
    idle.trim() === '' ? null : countOf(idle, mostMinutes, leastMinutes);
  const maxProblem = problemOfMax(min, max);
  const isComplete = min !== undefined && !maxProblem && minutes !== undefined;
  return (
    <ConfirmDialog
      title={`Scale ${title} in ${name}`}
      confirm="Scale"
      isDisabled={!isComplete}
      onConfirm={async () =>
        scale({
          min: min!,
          max: max!,
          ...(!isProtected && { scaleToZeroMinutes: minutes }),
        })
      }
      onClose={onClose}
    >
      <Typography>
        {describeScale(suspended ?? false, min, max)}
        {minutes && !isProtected
          ? ` After ${formatCount(
              minutes,
              'minute',
            )} without calls, no pod runs, and the next call waits for one.`
          : ''}
      </Typography>
      <Stack direction="row" align="start">
        <TextField
          id={`${id}-min`}
          label="Minimum pods"
          type="number"
          variant="outlined"
          fullWidth
          inputProps={{ min: 1, max: mostPods }}
          value={fewest}
          error={min === undefined}
          helperText={min === undefined ? `1 to ${mostPods}` : ' '}
          onChange={({ target }) => setFewest(target.value)}
        />
        <TextField
          id={`${id}-max`}
          label="Maximum pods"
          type="number"
          variant="outlined"
          fullWidth
          inputProps={{ min: 1, max: mostPods }}
          value={highest}
          error={maxProblem !== undefined}
          helperText={maxProblem ?? ' '}
          onChange={({ target }) => setHighest(target.value)}
        />
      </Stack>
      {!isProtected && (
        <TextField
          id={`${id}-idle`}
          label="Scale to zero after minutes without calls"
          type="number"
          variant="outlined"
          fullWidth
          inputProps={{ min: leastMinutes, max: mostMinutes }}
          value={idle}
          error={minutes === undefined}
          helperText={
            minutes === undefined
              ? `${leastMinutes} to ${mostMinutes}, or empty`
              : 'Leave empty to keep pods running'
          }
          onChange={({ target }) => setIdle(target.value)}
        />
      )}
    </ConfirmDialog>
  );
}

/** Returns what is wrong with a maximum, `undefined` if it is right. */
function problemOfMax(min?: number, max?: number): string | undefined {
  if (max === undefined) return `1 to ${mostPods}`;
  return min !== undefined && min > max ? `At least ${min}` : undefined;
}

function describeScale(suspended: boolean, min?: number, max?: number): string {
  const isFixed = min !== undefined && min === max;
  const number = isFixed
    ? `${min === 1 ? 'One pod runs' : `${min} pods run`}.`
    : 'The number of pods follows the concurrent calls: more pods within seconds when pods are full, fewer after a minute with less load.';
  const paused = suspended
    ? ' The app is paused; this applies when it is resumed.'
    : '';
  return `${number} Calls are not interrupted.${paused}`;
}
