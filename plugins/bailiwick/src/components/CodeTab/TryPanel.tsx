import {
  testSummary,
  withFullStop,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { Stack, withUnit } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useEffect, useRef, useState } from 'react';
import useInterval from 'react-use/esm/useInterval';
import { fieldsOf, ParameterFields } from '../ParameterFields';
import { SelectField } from '../SelectField';
import { PinHint } from './PinColumns';
import { contractWords, Failure, Problems, TryResult } from './TryResult';
import type { PinState } from './usePin';
import type { Attempt, useTry } from './useTry';

const useStyles = makeStyles({
  // The result of the try before.
  earlier: { opacity: 0.5 },
});

/** Chooses a function of the edited code and its parameters, and shows the result before anything is committed. */
export function TryPanel({
  of,
  pinning,
}: {
  of: ReturnType<typeof useTry>;
  pinning: PinState;
}) {
  const {
    attempt,
    canCall,
    checked,
    entered,
    error,
    fn,
    functions,
    isRunning,
  } = of;
  const classes = useStyles();
  const start = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The Stop button, which had the keyboard focus, is no longer shown.
    if (of.isStopped && !isRunning) start.current?.focus();
  }, [isRunning, of.isStopped]);
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
      <Stack direction="row" spacing={1}>
        {fn && (
          <Button
            ref={start}
            variant="contained"
            color="primary"
            disabled={!canCall}
            onClick={of.run}
          >
            {isRunning ? 'Running…' : `Try ${fn.name}`}
          </Button>
        )}
        <Button variant="outlined" disabled={isRunning} onClick={of.load}>
          Check code
        </Button>
        <Button variant="outlined" disabled={isRunning} onClick={of.runTests}>
          Run tests
        </Button>
        {isRunning && <RunningTry onStop={of.stop} />}
      </Stack>
      {fn && of.isIncomplete && (
        <Typography variant="body2">
          Fill in the required parameters to call {fn.name}.
        </Typography>
      )}
      <Typography variant="body2" color="textSecondary">
        Runs your changes with the connections and settings of the draft; tests
        have no connections. Nothing is committed, and readers don’t see the
        result. What the code writes through a connection is real.
      </Typography>
      <Typography role="status" variant="srOnly">
        {attempt && !isRunning && !error && resultWords(attempt)}
      </Typography>
      {checked && (
        <div role="status">
          <Problems problems={checked.problems} isQuiet />
          {checked.error && <Failure error={checked.error} isQuiet />}
          <PinHint view={checked} />
          {checked.contract && !checked.problems && (
            <Typography variant="body2">
              {contractWords(checked.contract)}
            </Typography>
          )}
        </div>
      )}
      {error && !isRunning && of.isStopped && (
        <Alert severity="info">You stopped the code.</Alert>
      )}
      {error && !isRunning && !of.isStopped && (
        <Alert severity="error">
          Can’t run the code: {withFullStop(error.message)}
        </Alert>
      )}
      {attempt && !error && (
        <div
          aria-busy={isRunning}
          className={isRunning ? classes.earlier : undefined}
        >
          <TryResult
            attempt={attempt}
            earlier={of.earlier}
            isOutdated={of.isOutdated}
            pinning={pinning}
          />
        </div>
      )}
    </Stack>
  );
}

/** Shows how long a try has been running, and stops it. */
function RunningTry({ onStop }: { onStop: () => void }) {
  const [seconds, setSeconds] = useState(0);
  useInterval(() => setSeconds(seconds + 1), 1000);
  return (
    <>
      <Button variant="outlined" onClick={onStop}>
        Stop
      </Button>
      <Typography variant="body2" color="textSecondary">
        {seconds > 0 && withUnit(seconds, 's')}
      </Typography>
    </>
  );
}

/** Announces a result in one sentence. */
function resultWords({ called, tests, view }: Attempt): string {
  if (view.problems && !view.result) return 'The code does not load.';
  if (view.tests) return withFullStop(testSummary(view.tests));
  if (view.error && tests) return 'The tests did not finish.';
  if (view.error)
    return called ? `${called.name} failed.` : 'The code does not load.';
  return called ? `The result of ${called.name} is shown.` : 'The code loads.';
}
