import { Content } from '@backstage/core-components';
import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  EmptyState,
  LiveContent,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, List, Paper } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { NotificationItem } from './NotificationItem';
import { NotificationsFilters } from './NotificationsFilters';
import { useNotifications } from './useNotifications';

const emptyTitles = {
  unread: 'No unread notifications',
  read: 'No read notifications',
  saved: 'No saved notifications',
  all: 'No notifications yet',
};

/** Lists the reader's notifications. Each one links to the page of its next step, and opening it marks it as read. */
export function NotificationsPage() {
  const page = useNotifications();
  const { change, error, failure, search, shown, topic, view } = page;
  const isNarrowed = search !== '' || topic !== '';
  return (
    <Content>
      <Stack spacing={2}>
        <Stack direction="row" justify="space-between" spacing={1}>
          <NotificationsFilters notifications={page} />
          <Button
            size="small"
            variant="outlined"
            disabled={!shown?.unread}
            onClick={page.updateAllUnread}
          >
            Mark all as read
          </Button>
        </Stack>
        {failure && (
          <Alert severity="error">
            Can’t update the notifications: {withFullStop(failure.message)} Try
            again.
          </Alert>
        )}
        <LiveContent
          live={{ error, value: shown }}
          what="Notifications"
          skeletons={[72, 72, 72]}
          isEmpty={({ notifications }) => notifications.length === 0}
          empty={
            isNarrowed ? (
              <EmptyState
                title="No matches"
                action={
                  <Button
                    variant="outlined"
                    onClick={() => change({ search: '', topic: '' })}
                  >
                    Clear filters
                  </Button>
                }
              >
                No notification matches the filters.
              </EmptyState>
            ) : (
              <EmptyState
                title={emptyTitles[view]}
                action={
                  view !== 'all' && (
                    <Button
                      variant="outlined"
                      onClick={() => change({ view: 'all' })}
                    >
                      Show all
                    </Button>
                  )
                }
              >
                Decisions about your requests and changes to your tenants appear
                here.
              </EmptyState>
            )
          }
        >
          {({ notifications, totalCount }) => (
            <>
              <Paper>
                <List aria-label="Notifications" disablePadding>
                  {notifications.map(notification => (
                    <NotificationItem
                      key={notification.id}
                      notification={notification}
                      onUpdate={page.update}
                    />
                  ))}
                </List>
              </Paper>
              {notifications.length < totalCount && (
                <Button onClick={page.showMore} disabled={page.loading}>
                  Show more ({totalCount - notifications.length})
                </Button>
              )}
            </>
          )}
        </LiveContent>
      </Stack>
    </Content>
  );
}
