import { Link } from '@backstage/core-components';
import type {
  Notification,
  NotificationSeverity,
} from '@backstage/plugin-notifications-common';
import type { UpdateNotificationsOptions } from '@backstage/plugin-notifications';
import { RelativeTime } from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  IconButton,
  ListItem,
  makeStyles,
  Tooltip,
  Typography,
} from '@material-ui/core';
import BookmarkIcon from '@material-ui/icons/Bookmark';
import BookmarkBorderIcon from '@material-ui/icons/BookmarkBorder';
import DoneIcon from '@material-ui/icons/Done';
import MailIcon from '@material-ui/icons/MailOutline';
import { originTitles, topicTitles } from './topicTitles';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
  },
  words: { flex: 1, minWidth: 0, overflowWrap: 'anywhere' },
  unread: { fontWeight: 600 },
  actions: { display: 'flex', flexShrink: 0 },
}));

/** Severities that the line names; others are not urgent. */
const urgent: Partial<Record<NotificationSeverity, string>> = {
  critical: 'Critical',
  high: 'Important',
};

/** One notification: event, topic, time, and actions. */
export function NotificationItem({
  notification: { created, id, origin, payload, read, saved, updated },
  onUpdate,
}: {
  notification: Notification;
  onUpdate: (options: UpdateNotificationsOptions) => void;
}) {
  const classes = useStyles();
  const { description, link, severity, title, topic } = payload;
  const at = new Date(updated ?? created).toISOString();
  const about = topic
    ? topicTitles[topic] ?? topic
    : originTitles[origin] ?? origin.replace(/^plugin:/, '');
  const readAction = read ? 'Mark as unread' : 'Mark as read';
  const saveAction = saved ? 'Remove from saved' : 'Save for later';
  return (
    <ListItem divider className={classes.root}>
      <div className={classes.words}>
        <Typography className={read ? undefined : classes.unread}>
          {link ? (
            <Link
              to={link}
              onClick={() => !read && onUpdate({ ids: [id], read: true })}
            >
              {title}
            </Link>
          ) : (
            title
          )}
        </Typography>
        {description && <Typography variant="body2">{description}</Typography>}
        <Typography variant="body2" color="textSecondary">
          {severity && urgent[severity] ? `${urgent[severity]} · ` : ''}
          {about} · <RelativeTime at={at} />
        </Typography>
      </div>
      <div className={classes.actions}>
        <Tooltip title={saveAction}>
          <IconButton
            size="small"
            aria-label={`${saveAction}: ${title}`}
            onClick={() => onUpdate({ ids: [id], saved: !saved })}
          >
            {saved ? (
              <BookmarkIcon fontSize="small" />
            ) : (
              <BookmarkBorderIcon fontSize="small" />
            )}
          </IconButton>
        </Tooltip>
        <Tooltip title={readAction}>
          <IconButton
            size="small"
            aria-label={`${readAction}: ${title}`}
            onClick={() => onUpdate({ ids: [id], read: !read })}
          >
            {read ? (
              <MailIcon fontSize="small" />
            ) : (
              <DoneIcon fontSize="small" />
            )}
          </IconButton>
        </Tooltip>
      </div>
    </ListItem>
  );
}
