import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { fieldsOf, ParameterFields } from '../ParameterFields';
import { SelectField } from '../SelectField';
import { TryResult } from './TryResult';
import type { useTry } from './useTry';

/** Chooses a function of the edited code and its parameters, and shows the result before anything is committed. */
export function TryPanel({ of }: { of: ReturnType<typeof useTry> }) {
  const { attempt, canTry, entered, error, fn, functions, isRunning } = of;
  return (
    <Stack>
      <Typography variant="h6" component="h3">
        Try
      </Typography>
      {fn && functions.length > 1 && (
        <div>
          <SelectField
            label="Function"
            value={fn.name}
            options={functions.map(({ name }) => ({
              value: name,
              label: name,
            }))}
            onChange={of.choose}
          />
        </div>
      )}
      {fn && (
        <ParameterFields
          fields={fieldsOf(fn.parameters)}
          texts={entered}
          onChange={of.enter}
        />
      )}
      <div>
        <Button
          variant="contained"
          color="primary"
          disabled={!canTry}
          onClick={of.run}
        >
          {isRunning ? 'Running…' : `Try ${fn?.name ?? 'code'}`}
        </Button>
      </div>
      <div role="status">
        {error && !isRunning && (
          <Alert severity="error">
            Can’t run the code: {withFullStop(error.message)}
          </Alert>
        )}
        {attempt && !error && (
          <TryResult attempt={attempt} isOutdated={of.isOutdated} />
        )}
      </div>
      {!attempt && !error && (
        <Typography variant="body2" color="textSecondary">
          Runs the code with your changes, and with the connections and settings
          of the draft. Nothing is committed, and readers don’t see the result.
        </Typography>
      )}
    </Stack>
  );
}
