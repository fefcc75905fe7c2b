import type { TestReport } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { testSummary } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  formatCount,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { formatSeconds } from '../DeployTab/pods/metrics/formatMetric';

const useStyles = makeStyles(theme => ({
  failures: {
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  failure: {
    padding: theme.spacing(1, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
    '&:first-child': { borderTop: 'none' },
  },
  message: {
    margin: theme.spacing(0.5, 0, 0),
    fontFamily: 'monospace',
    fontSize: theme.typography.body2.fontSize,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
}));

/** Outcome of the tests of the code, and what failed. */
export function TestResult({ report }: { report: TestReport }) {
  const classes = useStyles();
  const { failed, failures, passed, seconds, skipped } = report;
  const hasRun = failed + passed > 0;
  const good = hasRun ? 'success' : 'info';
  return (
    <Stack spacing={1}>
      <Alert severity={failed > 0 ? 'error' : good}>
        {testSummary(report)}
        {hasRun ? ` in ${formatSeconds(seconds)}.` : '.'}
        {!hasRun &&
          skipped === 0 &&
          ' Tests are functions whose names begin with test_, in files such as tests/test_functions.py.'}
      </Alert>
      {failures.length > 0 && (
        <ul className={classes.failures} aria-label="Failed tests">
          {failures.map(({ file, line, message, name }) => (
            <li key={`${name} ${message}`} className={classes.failure}>
              <Typography variant="subtitle2" component="h4">
                {shortName(name)}
              </Typography>
              {file && (
                <Typography variant="body2" color="textSecondary">
                  {file}, line {line}
                </Typography>
              )}
              <pre className={classes.message}>{message}</pre>
            </li>
          ))}
        </ul>
      )}
      {failed > failures.length && (
        <Typography variant="body2">
          {formatCount(failed - failures.length, 'more failure')} in the output.
        </Typography>
      )}
    </Stack>
  );
}

/** Name of a test without its file: `TestPrices › test_sorts` for `tests/test_prices.py::TestPrices::test_sorts`. */
function shortName(name: string): string {
  const [, ...names] = name.split('::');
  return names.join(' › ') || name;
}
