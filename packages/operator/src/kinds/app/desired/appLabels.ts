import {
  labels,
  managedBy,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { AppInstance } from '../../../cache';

/** Labels on everything that belongs to an app in an environment. */
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

/** Labels by which an app's pods are found. */
export function appSelector({
  app,
}: Pick<AppInstance, 'app'>): Record<string, string> {
  return { [labels.app]: app };
}

/** Labels by which all pods of an app are found, also those of its runs, which do not answer calls. */
export function allPodsSelector({
  app,
}: Pick<AppInstance, 'app'>): Record<string, string> {
  return { [labels.name]: app };
}
