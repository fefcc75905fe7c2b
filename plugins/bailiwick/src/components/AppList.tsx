import {
  worstHealth,
  type AppEnvironmentStatus,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { HealthChip } from '@bailiwick/backstage-plugin-bailiwick-react';
import { List, ListItem, ListItemText } from '@material-ui/core';
import { AppLink } from './AppLink';

/** Lists apps with their tenant, their health, and the environment and reason it comes from. */
export function AppList({ apps }: { apps: AppView[] }) {
  return (
    <List disablePadding>
      {apps.map(({ metadata: { name }, spec: { title }, status, tenant }) => {
        const worst = worstOf(status?.environments);
        return (
          <ListItem key={`${tenant}/${name}`} disableGutters divider>
            <ListItemText
              primary={<AppLink app={{ name, tenant, title }} />}
              secondary={
                worst
                  ? `${tenant} · ${worst.name}: ${worst.why}`
                  : `${tenant} · not deployed yet`
              }
            />
            <HealthChip
              health={worst?.health ?? status?.health ?? 'Unknown'}
              stale={worst?.stale}
            />
          </ListItem>
        );
      })}
    </List>
  );
}

/** Returns the environment that an app's health comes from. */
function worstOf(
  environments: AppEnvironmentStatus[] = [],
): AppEnvironmentStatus | undefined {
  const health = worstHealth(environments.map(one => one.health));
  return environments.find(one => one.health === health);
}
