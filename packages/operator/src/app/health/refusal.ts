import { readExceededQuota } from '@bailiwick/backstage-plugin-bailiwick-common';
import { shorten } from '../../apply/shorten';
import type { Problem } from './HealthReport';

/**
 * What a refusal of the API server means to the people of the app.
 *
 * @param message - its words, such as `pods "x" is forbidden: exceeded quota: …`
 */
export function readRefusal(message: string): Problem {
  const quota = readExceededQuota(message);
  if (quota) {
    const [requested, used, limited] = [
      quota.requested,
      quota.used,
      quota.limited,
    ].map(amounts => amounts.join(', '));
    return {
      why: `The quota of the environment is used up: ${used} of ${limited} in use, ${requested} more needed.`,
      next: 'Suspend another app, or ask for a larger plan.',
    };
  }
  const forbidden = /is forbidden: \[?(.+?)\]?$/.exec(message);
  return {
    why: `The API server refused: ${shorten(
      forbidden?.[1] ?? message,
    )}.`.replace(/\.+$/, '.'),
    next: 'Ask the platform team.',
  };
}
