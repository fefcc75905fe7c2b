import type { Condition } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { List, makeStyles } from '@material-ui/core';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import HelpIcon from '@material-ui/icons/Help';
import { DenseListItem } from '../layout/DenseListItem';
import { readableColor } from '../layout/readableColor';
import { RelativeTime } from '../time/RelativeTime';

const useStyles = makeStyles(theme => ({
  done: { color: readableColor(theme.palette, 'success') },
}));

function StatusIcon({ of: status }: { of: Condition['status'] }) {
  const classes = useStyles();
  if (status === 'True')
    return <CheckCircleIcon className={classes.done} aria-label="Done" />;
  return status === 'False' ? (
    <HourglassEmptyIcon aria-label="Not yet" />
  ) : (
    <HelpIcon aria-label="Unknown" />
  );
}

/** Titles of condition types whose names are Kubernetes jargon. */
const titles: Record<string, string> = {
  NamespacesReady: 'Environments set up',
};

/** Returns the words of a type: `NetworkReady` becomes "Network ready". */
function words(type: string): string {
  if (titles[type]) return titles[type];
  const spaced = type.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** Lists the conditions of an object: status, time of the last change, and reason. @public */
export function ConditionList({
  conditions = [],
}: {
  conditions?: Condition[];
}) {
  return (
    <List dense disablePadding>
      {conditions.map(({ lastTransitionTime, message, status, type }) => (
        <DenseListItem
          key={type}
          icon={<StatusIcon of={status} />}
          primary={words(type)}
          secondary={
            <>
              {message} · <RelativeTime at={lastTransitionTime} />
            </>
          }
        />
      ))}
    </List>
  );
}
