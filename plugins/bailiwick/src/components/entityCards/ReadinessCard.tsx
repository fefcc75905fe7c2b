import type { Readiness } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { DeploymentView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  DenseListItem,
  readableColor,
  type Live,
  LiveContent,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { List, makeStyles, Typography } from '@material-ui/core';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import RadioButtonUncheckedIcon from '@material-ui/icons/RadioButtonUnchecked';
import { TabCard } from '../TabCard';

const useStyles = makeStyles(theme => ({
  done: {
    color: readableColor(theme.palette, 'success'),
  },
}));

/** Heights of the summary and of three checks that passed. */
const skeletons = [20, 92];

/** Lists the requirements that an app fulfils before others rely on it, with a next step for each missing one. */
export function ReadinessCard({ live }: { live: Live<DeploymentView> }) {
  return (
    <TabCard title="Readiness">
      <LiveContent live={live} skeletons={skeletons} what="Readiness">
        {({ readiness }) => <ReadinessList of={readiness} />}
      </LiveContent>
    </TabCard>
  );
}

function ReadinessList({ of: readiness }: { of: Readiness[] }) {
  const classes = useStyles();
  const done = readiness.filter(one => one.done).length;
  if (readiness.length === 0)
    return <Typography>The pack has no readiness checks.</Typography>;
  return (
    <>
      <Typography variant="body2" color="textSecondary">
        {done === readiness.length
          ? 'All checks passed.'
          : `${done} of ${readiness.length} checks passed.`}
      </Typography>
      <List dense disablePadding aria-label="Readiness">
        {readiness.map(({ check, done: isDone, next, title }) => (
          <DenseListItem
            key={check}
            icon={
              isDone ? (
                <CheckCircleIcon className={classes.done} aria-label="Done" />
              ) : (
                <RadioButtonUncheckedIcon aria-label="To do" />
              )
            }
            primary={title}
            secondary={isDone ? undefined : next}
          />
        ))}
      </List>
    </>
  );
}
