import type { AppEnvironment } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  ConfirmDialog,
  formatCount,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  FormControlLabel,
  Switch,
  TextField,
  Typography,
} from '@material-ui/core';
import { useId, useState } from 'react';
import { countOf } from './countOf';

const mostPercent = 50;
const mostMinutes = 1440;

/** Asks whether a new release of an app gets some of the calls first, how many, and for how long. */
export function CanaryDialog({
  environment: { canary, name },
  onClose,
  setCanary,
  title,
}: {
  environment: AppEnvironment;
  onClose: () => void;
  setCanary: (wanted: AppEnvironment['canary'] | null) => Promise<unknown>;
  title: string;
}) {
  const id = useId();
  const [isOn, setOn] = useState(canary !== undefined);
  const [share, setShare] = useState(`${canary?.percent ?? 10}`);
  const [time, setTime] = useState(`${canary?.minutes ?? 10}`);
  const percent = countOf(share, mostPercent);
  const minutes = countOf(time, mostMinutes);
  const isComplete = percent !== undefined && minutes !== undefined;
  return (
    <ConfirmDialog
      title={`Canary releases of ${title} in ${name}`}
      confirm="Save"
      isDisabled={isOn && !isComplete}
      onConfirm={async () =>
        setCanary(isOn && isComplete ? { percent, minutes } : null)
      }
      onClose={onClose}
    >
      <FormControlLabel
        control={
          <Switch
            color="primary"
            checked={isOn}
            onChange={({ target }) => setOn(target.checked)}
          />
        }
        label="Use canary releases"
      />
      <Typography>
        {isOn
          ? `A new release runs beside the deployed one and gets ${
              percent === undefined ? 'some' : `${percent}%`
            } of the calls. After ${
              minutes === undefined
                ? 'some time'
                : formatCount(minutes, 'minute')
            }, it gets all of them. It is rolled back if its pods, its calls or its contract have a problem.`
          : 'A new release replaces the deployed one at once, pod by pod.'}
      </Typography>
      {isOn && (
        <Stack direction="row" align="start">
          <TextField
            id={`${id}-percent`}
            label="Percent of the calls"
            type="number"
            variant="outlined"
            fullWidth
            inputProps={{ min: 1, max: mostPercent }}
            value={share}
            error={percent === undefined}
            helperText={percent === undefined ? `1 to ${mostPercent}` : ' '}
            onChange={({ target }) => setShare(target.value)}
          />
          <TextField
            id={`${id}-minutes`}
            label="Minutes"
            type="number"
            variant="outlined"
            fullWidth
            inputProps={{ min: 1, max: mostMinutes }}
            value={time}
            error={minutes === undefined}
            helperText={minutes === undefined ? `1 to ${mostMinutes}` : ' '}
            onChange={({ target }) => setTime(target.value)}
          />
        </Stack>
      )}
    </ConfirmDialog>
  );
}
