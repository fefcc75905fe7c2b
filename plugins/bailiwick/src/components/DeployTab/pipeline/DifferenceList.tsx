import type { RunningDifference } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { Button, makeStyles, Typography } from '@material-ui/core';
import { useState } from 'react';
import { CodeChanges } from './CodeChanges';

const useStyles = makeStyles(theme => ({
  list: { margin: 0, paddingLeft: theme.spacing(3), overflowWrap: 'anywhere' },
}));

const levels = { breaking: 'Breaking: ', behaviour: '', cosmetic: '' };

/** Lists the differences of a promotion; the changed code on demand. */
export function DifferenceList({
  app,
  commits,
  differences,
  tenant,
}: {
  app: string;
  /** The commits between which the code can be compared. */
  commits?: { from: string; to: string };
  differences: RunningDifference[];
  tenant: string;
}) {
  const classes = useStyles();
  const [isCodeShown, setCodeShown] = useState(false);
  if (differences.length === 0)
    return <Typography variant="body2">No changes</Typography>;
  return (
    <>
      <ul className={classes.list} aria-label="Differences">
        {differences.map(({ about, level, what }) => (
          <li key={`${about} ${what}`}>
            <Typography variant="body2">
              {levels[level] && <strong>{levels[level]}</strong>}
              {what}
            </Typography>
          </li>
        ))}
      </ul>
      {commits &&
        commits.from !== commits.to &&
        (isCodeShown ? (
          <CodeChanges app={app} tenant={tenant} {...commits} />
        ) : (
          <div>
            <Button size="small" onClick={() => setCodeShown(true)}>
              Show code changes
            </Button>
          </div>
        ))}
    </>
  );
}
