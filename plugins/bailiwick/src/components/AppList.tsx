import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { HealthChip } from '@bailiwick/backstage-plugin-bailiwick-react';
import { List, ListItem, ListItemText } from '@material-ui/core';
import { AppLink } from './AppLink';

/** Apps with their health and one sentence why. */
export function AppList({ apps }: { apps: AppView[] }) {
  return (
    <List disablePadding>
      {apps.map(app => (
        <ListItem
          key={`${app.tenant}/${app.metadata.name}`}
          disableGutters
          divider
        >
          <ListItemText
            primary={<AppLink app={app} />}
            secondary={app.status?.environments?.[0]?.why ?? `In ${app.tenant}`}
          />
          <HealthChip health={app.status?.health ?? 'Unknown'} />
        </ListItem>
      ))}
    </List>
  );
}
