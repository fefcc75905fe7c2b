import { InfoCard } from '@backstage/core-components';
import type { EventView } from '@bailiwick/backstage-plugin-bailiwick-common';
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
  text: { overflowWrap: 'anywhere' },
});

/** What happened to the parts of an app, newest first. */
export function EventsCard({ events }: { events: EventView[] }) {
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
          {events.map(
            ({ at, count, environment, id, message, object, reason, type }) => (
              <ListItem key={id} disableGutters>
                <ListItemIcon>
                  {type === 'Warning' ? (
                    <WarningIcon color="error" aria-label="Warning" />
                  ) : (
                    <InfoOutlinedIcon aria-label="Normal" />
                  )}
                </ListItemIcon>
                <ListItemText
                  className={classes.text}
                  primary={message || reason}
                  secondary={
                    <>
                      {environment} · {object}
                      {count > 1 && ` · ${count} times`} ·{' '}
                      <RelativeTime at={at} />
                    </>
                  }
                />
              </ListItem>
            ),
          )}
        </List>
      )}
    </InfoCard>
  );
}
