import type { Condition } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  List,
  ListItem,
  ListItemIcon,
  ListItemText,
  makeStyles,
} from '@material-ui/core';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import HelpIcon from '@material-ui/icons/Help';
import { RelativeTime } from '../time';

const icons = {
  True: <CheckCircleIcon aria-label="Done" />,
  False: <HourglassEmptyIcon aria-label="Not yet" />,
  Unknown: <HelpIcon aria-label="Unknown" />,
};

// Backstage cuts the texts of dense lists off.
const useStyles = makeStyles({ text: { whiteSpace: 'normal' } });

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
  const classes = useStyles();
  return (
    <List dense disablePadding>
      {conditions.map(({ lastTransitionTime, message, status, type }) => (
        <ListItem key={type} disableGutters>
          <ListItemIcon>{icons[status]}</ListItemIcon>
          <ListItemText
            className={classes.text}
            primary={words(type)}
            secondary={
              <>
                {message} · <RelativeTime at={lastTransitionTime} />
              </>
            }
          />
        </ListItem>
      ))}
    </List>
  );
}
