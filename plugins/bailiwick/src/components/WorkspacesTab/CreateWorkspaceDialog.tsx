import { useApi } from '@backstage/core-plugin-api';
import { idleMinutes } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  amountToUnits,
  unitsToAmount,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  AppView,
  WorkspaceOptions,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  bailiwickApiRef,
  ConfirmDialog,
  NumberStepper,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, MenuItem, TextField, Typography } from '@material-ui/core';
import { useId, useState } from 'react';

type Field = 'cpu' | 'memory' | 'storage' | 'idle';

const largestVolume = 100;

const useStyles = makeStyles(theme => ({
  sizes: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
    gap: theme.spacing(2),
  },
}));

/** Asks for the size of a workspace, and creates it. */
export function CreateWorkspaceDialog({
  app,
  onClose,
  options: { environments, most },
}: {
  app: AppView;
  onClose: () => void;
  options: WorkspaceOptions;
}) {
  const classes = useStyles();
  const id = useId();
  const client = useApi(bailiwickApiRef);
  const [environment, setEnvironment] = useState(environments[0]);
  const limits: Record<Field, { min: number; max: number }> = {
    cpu: { min: 0.1, max: amountToUnits('cpu', most.cpu) },
    memory: { min: 0.5, max: amountToUnits('memory', most.memory) },
    storage: { min: 1, max: largestVolume },
    idle: idleMinutes,
  };
  const [sizes, setSizes] = useState<Record<Field, number | undefined>>({
    cpu: Math.min(1, limits.cpu.max),
    memory: Math.min(1, limits.memory.max),
    storage: 2,
    idle: idleMinutes.default,
  });
  const isWrong = (field: Field) => {
    const value = sizes[field];
    const { max, min } = limits[field];
    return value === undefined || value < min || value > max;
  };
  const stepper = (field: Field, label: string, unit: string, step: number) => (
    <NumberStepper
      id={`${id}-${field}`}
      label={label}
      unit={unit}
      step={step}
      {...limits[field]}
      value={sizes[field]}
      error={isWrong(field)}
      helperText={
        isWrong(field)
          ? `${limits[field].min} to ${limits[field].max}`
          : undefined
      }
      onChange={value => setSizes(now => ({ ...now, [field]: value }))}
    />
  );
  return (
    <ConfirmDialog
      title="Create workspace"
      confirm="Create and start"
      busy="Creating…"
      isDisabled={(['cpu', 'memory', 'storage', 'idle'] as const).some(isWrong)}
      onClose={onClose}
      onConfirm={() =>
        client.createWorkspace(app.tenant, app.metadata.name, {
          environment,
          cpu: `${unitsToAmount('cpu', sizes.cpu!)}`,
          memory: `${unitsToAmount('memory', sizes.memory!)}`,
          storage: `${unitsToAmount('storage', sizes.storage!)}`,
          idleMinutes: sizes.idle!,
        })
      }
    >
      <Typography>
        The workspace uses the quota of its environment while it runs. Its disk
        counts until the workspace is deleted.
      </Typography>
      {environments.length > 1 && (
        <TextField
          id={`${id}-environment`}
          select
          label="Environment"
          variant="outlined"
          size="small"
          value={environment}
          helperText="The workspace has the connections of the app there"
          onChange={({ target }) => setEnvironment(target.value)}
        >
          {environments.map(name => (
            <MenuItem key={name} value={name}>
              {name}
            </MenuItem>
          ))}
        </TextField>
      )}
      <div className={classes.sizes}>
        {stepper('cpu', 'CPU', 'cores', 0.5)}
        {stepper('memory', 'Memory', 'GiB', 0.5)}
        {stepper('storage', 'Disk', 'GiB', 1)}
        {stepper('idle', 'Stop when idle for', 'minutes', 5)}
      </div>
      <Typography variant="body2" color="textSecondary">
        A workspace with a running cell or process is never idle. Files remain
        when it stops; variables of notebooks do not.
      </Typography>
    </ConfirmDialog>
  );
}
