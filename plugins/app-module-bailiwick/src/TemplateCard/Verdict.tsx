import { annotations } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  readArchetypeVerdict,
  type ArchetypeVerdict,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { makeStyles, Typography, type Theme } from '@material-ui/core';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import HelpIcon from '@material-ui/icons/Help';

type Outcome = 'passed' | 'failed' | 'unknown';

const icons: Record<Outcome, typeof ErrorIcon> = {
  passed: CheckCircleIcon,
  failed: ErrorIcon,
  unknown: HelpIcon,
};

const useStyles = makeStyles<Theme, { outcome: Outcome }>(
  ({ palette, spacing }) => ({
    root: { display: 'flex', alignItems: 'center', gap: spacing(1) },
    icon: {
      color: ({ outcome }) => {
        const shade = palette.type === 'dark' ? 'light' : 'dark';
        if (outcome === 'unknown') return palette.text.secondary;
        return palette[outcome === 'passed' ? 'success' : 'error'][shade];
      },
    },
  }),
);

function outcomeOf(verdict?: ArchetypeVerdict): Outcome {
  if (!verdict || verdict.passed + verdict.failed === 0) return 'unknown';
  return verdict.failed > 0 ? 'failed' : 'passed';
}

function wordsOf({ failed, passed }: ArchetypeVerdict): string {
  const all = failed + passed;
  const checks = all === 1 ? 'check' : 'checks';
  return failed > 0
    ? `${failed} of ${all} ${checks} failed`
    : `${all} ${checks} passed`;
}

/** What the contract tests of a template's archetype gave; nothing for a template of something else. */
export function Verdict({ of }: { of: Record<string, string> | undefined }) {
  const verdict = readArchetypeVerdict(of?.[annotations.verdict]);
  const outcome = outcomeOf(verdict);
  const classes = useStyles({ outcome });
  if (!of?.[annotations.archetype]) return null;
  const Icon = icons[outcome];
  return (
    <Typography className={classes.root} variant="body2">
      <Icon className={classes.icon} fontSize="small" aria-hidden />
      {verdict && outcome !== 'unknown' ? wordsOf(verdict) : 'Not tested'}
    </Typography>
  );
}
