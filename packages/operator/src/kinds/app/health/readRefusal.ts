import { truncateMessage } from '../../../apply';
import type { Problem } from './HealthReport';

/**
 * Explains a refusal of the API server to the developers of an app.
 *
 * @param message - message of the API server, such as `pods "x" is forbidden: exceeded quota: …`
 */
export function readRefusal(message: string): Problem {
  const quota =
    /exceeded quota: \S+, requested: (.+?), used: (.+?), limited: (.+)$/.exec(
      message,
    );
  if (quota) {
    const [, requested, used, limited] = quota;
    return {
      why: `The quota of the environment is used up: ${formatAmounts(
        used,
      )} of ${formatAmounts(limited)} in use, ${formatAmounts(
        requested,
      )} more needed.`,
      next: 'Suspend another app, or ask for a larger plan.',
    };
  }
  const forbidden = /is forbidden: \[?(.+?)\]?$/.exec(message);
  return {
    why: `The API server refused: ${truncateMessage(
      forbidden?.[1] ?? message,
    )}.`.replace(/\.+$/, '.'),
    next: 'Ask the platform team.',
  };
}

const names: Record<string, string> = {
  'requests.cpu': 'CPU',
  'requests.memory': 'memory',
  'count/deployments.apps': 'apps',
  'count/configmaps': 'code bundles',
};

/** Formats `requests.cpu=2,pods=3` as `2 CPU, 3 pods`. */
function formatAmounts(amounts: string): string {
  return amounts
    .split(',')
    .map(amount => amount.split('='))
    .map(([name, value]) => `${value} ${names[name] ?? name}`)
    .join(', ');
}
