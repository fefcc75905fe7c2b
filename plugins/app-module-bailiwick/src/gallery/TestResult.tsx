import type { ArchetypeTestResult } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  formatCount,
  readableColor,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Tooltip, Typography, type Theme } from '@material-ui/core';
import CheckCircleIcon from '@material-ui/icons/CheckCircleOutline';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import HelpIcon from '@material-ui/icons/HelpOutline';

type Outcome = 'passed' | 'failed' | 'unknown';

const icons: Record<Outcome, typeof ErrorIcon> = {
  passed: CheckCircleIcon,
  failed: ErrorIcon,
  unknown: HelpIcon,
};

const meaning =
  'The author of the pack ran these automatic tests of the code, its contract and its results.';

const colors = {
  passed: 'success',
  failed: 'error',
  unknown: undefined,
} as const;

const useStyles = makeStyles<Theme, { outcome: Outcome }>(
  ({ palette, spacing }) => ({
    root: { display: 'flex', alignItems: 'center', gap: spacing(0.5) },
    icon: {
      color: ({ outcome }) => readableColor(palette, colors[outcome]),
    },
  }),
);

function outcomeOf(results?: ArchetypeTestResult): Outcome {
  if (!results || results.passed + results.failed === 0) return 'unknown';
  return results.failed > 0 ? 'failed' : 'passed';
}

function wordsOf({ failed, passed }: ArchetypeTestResult): string {
  const all = failed + passed;
  return failed > 0
    ? `${failed} of ${formatCount(all, 'test')} failed`
    : `${formatCount(all, 'test')} passed`;
}

/** Results of the tests that the author of a pack ran for an archetype, with their meaning as a tooltip. */
export function TestResult({ results }: { results?: ArchetypeTestResult }) {
  const outcome = outcomeOf(results);
  const classes = useStyles({ outcome });
  const Icon = icons[outcome];
  const isKnown = results && outcome !== 'unknown';
  return (
    <Tooltip
      title={
        isKnown
          ? meaning
          : 'The author of the pack has published no test results for this version.'
      }
    >
      <Typography className={classes.root} variant="caption" tabIndex={0}>
        <Icon className={classes.icon} fontSize="small" aria-hidden />
        {isKnown ? wordsOf(results) : 'Not tested'}
      </Typography>
    </Tooltip>
  );
}
