import {
  overridableChecks,
  type OverridableCheck,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { EnvironmentPlace } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Gate } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  Checkbox,
  FormControlLabel,
  makeStyles,
  Typography,
  type Theme,
} from '@material-ui/core';
import CancelIcon from '@material-ui/icons/Cancel';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';

import { AffectedReaders } from './AffectedReaders';

const icons = {
  Passed: CheckCircleIcon,
  Failed: CancelIcon,
  Missing: HelpOutlineIcon,
};

/** Titles of checks. */
const titles: Record<Gate['check'], string> = {
  code: 'Code',
  contract: 'Contract',
  health: 'Health',
  soak: 'Soak time',
  runs: 'Last run',
  tests: 'Tests',
  data: 'Data',
  advisories: 'Advisories',
};

const useStyles = makeStyles<Theme>(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gap: theme.spacing(1, 1.5),
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  row: { display: 'contents' },
  Passed: { color: theme.palette.success.main },
  Failed: { color: theme.palette.error.main },
  Missing: { color: theme.palette.text.secondary },
  words: { overflowWrap: 'anywhere' },
}));

/** Lists the checks of a promotion; failed ones can be overridden by name. */
export function GateList({
  overriddenChecks,
  gates,
  onOverride,
  place,
}: {
  overriddenChecks?: readonly string[];
  gates: Gate[];
  onOverride?: (overriddenChecks: OverridableCheck[]) => void;
  /** Where the release is to run. */
  place: EnvironmentPlace;
}) {
  const classes = useStyles();
  return (
    <ul className={classes.list} aria-label="Checks">
      {gates.map(({ check, detail, verdict }) => {
        const Icon = icons[verdict];
        const isPast = overriddenChecks?.includes(check) ?? false;
        const toggle = () =>
          onOverride?.(
            overridableChecks.filter(one =>
              one === check ? !isPast : overriddenChecks?.includes(one),
            ),
          );
        return (
          <li key={check} className={classes.row}>
            <Icon className={classes[verdict]} fontSize="small" aria-hidden />
            <div className={classes.words}>
              <Typography variant="body2">
                <strong>
                  {titles[check] ?? check}: {verdict.toLowerCase()}.
                </strong>{' '}
                {detail}
              </Typography>
              {check === 'contract' && verdict === 'Failed' && (
                <AffectedReaders place={place} />
              )}
              {verdict === 'Failed' && isPast && !onOverride && (
                <Typography variant="body2">
                  The requester overrides this check.
                </Typography>
              )}
              {verdict === 'Failed' && check !== 'code' && onOverride && (
                <FormControlLabel
                  control={
                    <Checkbox
                      color="primary"
                      size="small"
                      checked={isPast}
                      onChange={toggle}
                    />
                  }
                  label={`Override ${(
                    titles[check] ?? check
                  ).toLowerCase()} check`}
                />
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
