import { InfoCard } from '@backstage/core-components';
import type {
  EventView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { RelativeTime } from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  List,
  ListItem,
  ListItemIcon,
  ListItemText,
  makeStyles,
  Typography,
} from '@material-ui/core';
import InfoOutlinedIcon from '@material-ui/icons/InfoOutlined';
import WarningIcon from '@material-ui/icons/Warning';

const useStyles = makeStyles({
  list: { maxHeight: 360, overflowY: 'auto' },
  // Backstage cuts the texts of dense lists off.
  text: { overflowWrap: 'anywhere', whiteSpace: 'normal' },
});

/** Whether a warning is about a pod that answers by now, or is gone. */
function isOver({ object }: EventView, pods: PodView[]): boolean {
  const [kind, name] = object.split(' ');
  const pod = pods.find(candidate => candidate.name === name);
  return kind === 'Pod' && (!pod || pod.ready);
}

/** What happened to the parts of an app, newest first; only what still matters alarms. */
export function EventsCard({
  events,
  pods,
}: {
  events: EventView[];
  pods: PodView[];
}) {
  const classes = useStyles();
  return (
    <InfoCard title="Events">
      {events.length === 0 ? (
        <Typography color="textSecondary">
          What happens to the app's parts shows here for an hour. Nothing did
          lately.
        </Typography>
      ) : (
        <List
          dense
          disablePadding
          className={classes.list}
          tabIndex={0}
          aria-label="Events"
        >
          {events.map(event => (
            <ListItem key={event.id} disableGutters>
              <ListItemIcon>
                {event.type === 'Warning' && !isOver(event, pods) ? (
                  <WarningIcon color="error" aria-label="Warning" />
                ) : (
                  <InfoOutlinedIcon aria-label="For your information" />
                )}
              </ListItemIcon>
              <ListItemText
                className={classes.text}
                primary={event.message || event.reason}
                secondary={
                  <>
                    {event.environment} · {event.object}
                    {event.count > 1 && ` · ${event.count} times`} ·{' '}
                    <RelativeTime at={event.at} />
                  </>
                }
              />
            </ListItem>
          ))}
        </List>
      )}
    </InfoCard>
  );
}
