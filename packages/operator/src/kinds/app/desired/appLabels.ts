import {
  labels,
  managedBy,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { AppInstance } from '../../../cache';

/** Returns the labels of all objects of an app in an environment. */
export function appLabels({
  tenant,
  environment,
  app,
}: AppInstance): Record<string, string> {
  return {
    [labels.managedBy]: managedBy,
    [labels.name]: app,
    [labels.tenant]: tenant,
    [labels.environment]: environment,
    [labels.app]: app,
  };
}

/** Returns the selector of an app's serving pods. */
export function appSelector({
  app,
}: Pick<AppInstance, 'app'>): Record<string, string> {
  return { [labels.app]: app };
}

/** Returns the selector of all pods of an app, including those of its runs. */
export function allPodsSelector({
  app,
}: Pick<AppInstance, 'app'>): Record<string, string> {
  return { [labels.name]: app };
}
