import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { HealthChip } from '@bailiwick/backstage-plugin-bailiwick-react';
import { List, ListItem, ListItemText } from '@material-ui/core';
import { AppLink } from './AppLink';

/** Apps with their health and one sentence why. */
export function AppList({ apps }: { apps: AppView[] }) {
  return (
    <List disablePadding>
      {apps.map(({ metadata: { name }, spec: { title }, status, tenant }) => (
        <ListItem key={`${tenant}/${name}`} disableGutters divider>
          <ListItemText
            primary={<AppLink app={{ name, tenant, title }} />}
            secondary={status?.environments?.[0]?.why ?? `In ${tenant}`}
          />
          <HealthChip health={status?.health ?? 'Unknown'} />
        </ListItem>
      ))}
    </List>
  );
}
