import {
  exceededQuotaMessage,
  quotaRemedy,
  readExceededQuota,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { rejectionMessage } from '../../../apply';
import type { Problem } from './HealthReport';

/**
 * Explains a refusal of the API server to the developers of an app.
 *
 * @param message - message of the API server, such as `pods "x" is forbidden: exceeded quota: …`
 */
export function readRefusal(message: string): Problem {
  const quota = readExceededQuota(message);
  if (quota) {
    return { why: exceededQuotaMessage(quota), next: quotaRemedy };
  }
  const forbidden = /is forbidden: \[?(.+?)\]?$/.exec(message);
  return {
    why: `${rejectionMessage(forbidden?.[1] ?? message)}.`.replace(/\.+$/, '.'),
    next: 'Ask the platform team to check the reason.',
  };
}
