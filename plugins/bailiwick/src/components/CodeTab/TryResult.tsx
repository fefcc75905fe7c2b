import type {
  CodeProblem,
  TryView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  parameterSchemas,
  withFullStop,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { Contract } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  formatCount,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { formatSeconds } from '../DeployTab/pods/metrics/formatMetric';
import { Note, Sample } from '../samples/Sample';
import { PinColumns, PinHint } from './PinColumns';
import { TestResult } from './TestResult';
import { titleOf } from './titleOf';
import { useComparedResult } from './useComparedResult';
import type { PinState } from './usePin';
import type { Attempt } from './useTry';

const useStyles = makeStyles(theme => ({
  output: {
    margin: 0,
    padding: theme.spacing(1, 1.5),
    maxHeight: 240,
    overflow: 'auto',
    fontFamily: 'monospace',
    fontSize: theme.typography.body2.fontSize,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    backgroundColor: theme.palette.background.default,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
}));

/** Rows, chart and output of a try, or why it failed. */
export function TryResult({
  attempt,
  earlier,
  isOutdated,
  pinning,
}: {
  attempt: Attempt;
  /** Results to compare with. */
  earlier: Attempt[];
  /** Whether the code has changed since. */
  isOutdated: boolean;
  pinning: PinState;
}) {
  const { called, fn, view } = attempt;
  const { contract, environment, error, log, problems, result, seconds } = view;
  const { pin, tests } = view;
  const { chooser, differences } = useComparedResult(attempt, earlier);
  return (
    <Stack>
      {isOutdated && (
        <Alert severity="info">
          The code has changed since this result. Try again to see the effect.
        </Alert>
      )}
      {!pinning.isPinned && <Problems problems={problems} />}
      <PinHint view={view} />
      {error && <Failure error={error} />}
      {error && seconds !== undefined && (
        <Note>Failed after {formatSeconds(seconds)}</Note>
      )}
      {fn && result && (
        <Stack spacing={1}>
          <Typography variant="subtitle2" component="h4">
            Result of {called && titleOf(called)}
          </Typography>
          {chooser}
          <Sample differences={differences} fn={fn} sample={result} isLong>
            {!result.rows && 'Result '}with the settings of {environment}
            {seconds !== undefined && `, in ${formatSeconds(seconds)}`}
          </Sample>
          {pin && (
            <PinColumns
              fn={fn}
              isOutdated={isOutdated}
              of={pinning}
              rows={pin}
            />
          )}
        </Stack>
      )}
      {tests && <TestResult report={tests} />}
      {!called && !tests && !error && !problems && contract && (
        <Alert severity="success">{contractWords(contract)}</Alert>
      )}
      {log.trim() !== '' && tests?.failed !== 0 && (
        <Output label="Output" text={log} />
      )}
    </Stack>
  );
}

/** Problems of code that does not load. */
export function Problems({
  isQuiet,
  problems = [],
}: {
  /** Whether nobody asked, so that screen readers are not interrupted. */
  isQuiet?: boolean;
  problems?: CodeProblem[];
}) {
  return (
    <>
      {problems.map(({ file, line, message }) => (
        <Alert
          key={`${file}:${line}:${message}`}
          severity="error"
          role={isQuiet ? 'presentation' : undefined}
        >
          {file}
          {line > 0 && `, line ${line}`}: {withFullStop(message)}
        </Alert>
      ))}
    </>
  );
}

/** Describes the functions of the code. */
export function contractWords({ functions }: Contract): string {
  const words = functions.map(
    ({ name, parameters, result: { columns, kind } }) => {
      const count = parameterSchemas(parameters).length;
      return `${name} takes ${
        count ? formatCount(count, 'parameter') : 'no parameters'
      } and returns ${
        columns ? formatCount(columns.length, 'column') : `a ${kind}`
      }.`;
    },
  );
  return ['The code loads.', ...words].join(' ');
}

export function Failure({
  error: { file, line, message, traceback },
  isQuiet,
}: {
  error: NonNullable<TryView['error']>;
  /** Whether nobody asked, so that screen readers are not interrupted. */
  isQuiet?: boolean;
}) {
  return (
    <>
      <Alert severity="error" role={isQuiet ? 'presentation' : undefined}>
        {file && `${file}, line ${line}: `}
        {withFullStop(message)}
      </Alert>
      {traceback && <Output label="Traceback" text={traceback} />}
    </>
  );
}

function Output({ label, text }: { label: string; text: string }) {
  const classes = useStyles();
  return (
    <div>
      <Typography variant="subtitle2" component="h4">
        {label}
      </Typography>
      <pre
        className={classes.output}
        role="region"
        // The keyboard scrolls it.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label={label}
      >
        {text}
      </pre>
    </div>
  );
}
