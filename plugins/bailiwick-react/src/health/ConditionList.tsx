import type { Condition } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { List } from '@material-ui/core';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import HelpIcon from '@material-ui/icons/Help';
import { DenseListItem } from '../layout/DenseListItem';
import { RelativeTime } from '../time/RelativeTime';

const icons = {
  True: <CheckCircleIcon aria-label="Done" />,
  False: <HourglassEmptyIcon aria-label="Not yet" />,
  Unknown: <HelpIcon aria-label="Unknown" />,
};

/** Where the words of a type would need Kubernetes to be understood. */
const titles: Record<string, string> = {
  NamespacesReady: 'Environments set up',
};

/** `NetworkReady` reads as "Network ready". */
function words(type: string): string {
  if (titles[type]) return titles[type];
  const spaced = type.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** The conditions of an object: what holds, since when, and why. */
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
          icon={icons[status]}
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
