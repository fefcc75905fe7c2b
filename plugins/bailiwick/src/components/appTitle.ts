import type { AppView } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Returns the display name of an app of a tenant; its name if it is unknown. */
export function appTitle(apps: AppView[], name: string): string {
  return (
    apps.find(({ metadata }) => metadata.name === name)?.spec.title ?? name
  );
}
