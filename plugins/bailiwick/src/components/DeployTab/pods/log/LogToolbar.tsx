import type { PodView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { FormControlLabel, makeStyles, Switch } from '@material-ui/core';
import { SelectField } from '../../../SelectField';
import type { LogChoice } from './useLog';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
  },
}));

/** How many lines show at most. */
export const tails = ['100', '500', '1000', '5000'].map(count => ({
  value: count,
  label: `Last ${count} lines`,
}));
/** Back to when lines show, in seconds. */
export const ages = [
  { value: '', label: 'Since ever' },
  { value: '300', label: 'Last 5 minutes' },
  { value: '3600', label: 'Last hour' },
  { value: '86400', label: 'Last day' },
];

/** A pod that has a log. */
export type LogPod = Pick<
  PodView,
  'environment' | 'name' | 'containers' | 'restarts'
>;

/** How lines show. */
export interface LogLook {
  hasTimes: boolean;
  isJson: boolean;
}

/** Which part of which log shows, and how. */
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
  const classes = useStyles();
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
    ...here.map(({ name }) => ({ value: name, label: name })),
    ...(isGone ? [{ value: choice.pod, label: `${choice.pod} (gone)` }] : []),
  ];
  return (
    <div className={classes.root}>
      {environments.length > 1 && (
        <SelectField
          label="Environment"
          value={choice.environment}
          options={environments.map(name => ({ value: name, label: name }))}
          onChange={environment =>
            onChoose({
              ...choice,
              environment,
              pod: '',
              container: '',
              previous: false,
            })
          }
        />
      )}
      <SelectField
        label="Pod"
        value={choice.pod}
        options={names}
        onChange={pod =>
          onChoose({ ...choice, pod, container: '', previous: false })
        }
      />
      {containers.length > 1 && (
        <SelectField
          label="Container"
          value={choice.container}
          options={[
            { value: '', label: 'All containers' },
            ...containers.map(name => ({ value: name, label: name })),
          ]}
          onChange={container => onChoose({ ...choice, container })}
        />
      )}
      <SelectField
        label="Lines"
        value={choice.tail}
        options={tails}
        onChange={tail => onChoose({ ...choice, tail })}
      />
      <SelectField
        label="Age"
        value={choice.since}
        options={ages}
        onChange={since => onChoose({ ...choice, since })}
      />
      <Toggle
        label="Follow"
        isOn={choice.follow && !choice.previous}
        isDisabled={choice.previous}
        onChange={follow => onChoose({ ...choice, follow })}
      />
      <Toggle
        label={hasPrevious ? 'Run before' : 'Run before (there is none)'}
        isOn={choice.previous}
        isDisabled={!hasPrevious && !choice.previous}
        onChange={previous => onChoose({ ...choice, previous })}
      />
      <Toggle
        label="Times"
        isOn={look.hasTimes}
        onChange={hasTimes => onLook({ ...look, hasTimes })}
      />
      <Toggle
        label="JSON in words"
        isOn={look.isJson}
        onChange={isJson => onLook({ ...look, isJson })}
      />
    </div>
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
