import type { PodView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { FormControlLabel, Switch } from '@material-ui/core';
import { SelectField } from '../../../SelectField';
import type { LogChoice } from './useLog';

/** Choices for the maximum number of lines. */
export const tails = ['100', '500', '1000', '5000'].map(count => ({
  value: count,
  label: `Last ${count} lines`,
}));
/** Back to when lines show, in seconds. */
export const ages = [
  { value: '', label: 'All time' },
  { value: '300', label: 'Last 5 minutes' },
  { value: '3600', label: 'Last hour' },
  { value: '86400', label: 'Last day' },
];

/** A pod that has a log. */
export type LogPod = Pick<
  PodView,
  'environment' | 'name' | 'containers' | 'restarts'
>;

/** Appearance of lines. */
export interface LogLook {
  hasTimes: boolean;
  isJson: boolean;
}

/** Selection of all pods of an environment. */
const wholePods = { pod: '', container: '', previous: false };

/** Selects pod, container, and appearance of the log. */
export function LogToolbar({
  choice,
  environments,
  look,
  onChoose,
  onLook,
  pods,
}: {
  choice: LogChoice;
  environments: string[];
  look: LogLook;
  onChoose: (choice: LogChoice) => void;
  onLook: (look: LogLook) => void;
  pods: LogPod[];
}) {
  const choose = (changes: Partial<LogChoice>) =>
    onChoose({ ...choice, ...changes });
  const here = pods.filter(
    ({ environment }) => environment === choice.environment,
  );
  const chosen = here.filter(({ name }) => !choice.pod || name === choice.pod);
  const containers = [
    ...new Set(chosen.flatMap(pod => pod.containers.map(({ name }) => name))),
  ];
  const isGone = choice.pod && chosen.length === 0;
  const hasPrevious = chosen.some(({ restarts }) => restarts > 0);
  const names = [
    { value: '', label: 'All pods' },
    ...here.map(({ name }) => name),
    ...(isGone
      ? [{ value: choice.pod, label: `${choice.pod} (deleted)` }]
      : []),
  ];
  return (
    <Stack direction="row">
      {environments.length > 1 && (
        <SelectField
          label="Environment"
          value={choice.environment}
          options={environments}
          onChange={environment => choose({ ...wholePods, environment })}
        />
      )}
      <SelectField
        label="Pod"
        value={choice.pod}
        options={names}
        onChange={pod => choose({ ...wholePods, pod })}
      />
      {containers.length > 1 && (
        <SelectField
          label="Container"
          value={choice.container}
          options={[{ value: '', label: 'All containers' }, ...containers]}
          onChange={container => choose({ container })}
        />
      )}
      <SelectField
        label="Lines"
        value={choice.tail}
        options={tails}
        onChange={tail => choose({ tail })}
      />
      <SelectField
        label="Age"
        value={choice.since}
        options={ages}
        onChange={since => choose({ since })}
      />
      <Toggle
        label="Follow"
        isOn={choice.follow && !choice.previous}
        isDisabled={choice.previous}
        onChange={follow => choose({ follow })}
      />
      <Toggle
        label={hasPrevious ? 'Previous container' : 'Previous container (none)'}
        isOn={choice.previous}
        isDisabled={!hasPrevious && !choice.previous}
        onChange={previous => choose({ previous })}
      />
      <Toggle
        label="Timestamps"
        isOn={look.hasTimes}
        onChange={hasTimes => onLook({ ...look, hasTimes })}
      />
      <Toggle
        label="Format JSON"
        isOn={look.isJson}
        onChange={isJson => onLook({ ...look, isJson })}
      />
    </Stack>
  );
}

function Toggle({
  isDisabled,
  isOn,
  label,
  onChange,
}: {
  isDisabled?: boolean;
  isOn: boolean;
  label: string;
  onChange: (isOn: boolean) => void;
}) {
  return (
    <FormControlLabel
      label={label}
      disabled={isDisabled}
      control={
        <Switch
          size="small"
          color="primary"
          checked={isOn}
          onChange={(_event, checked) => onChange(checked)}
        />
      }
    />
  );
}
