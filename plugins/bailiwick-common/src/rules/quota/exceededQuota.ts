import { resources } from '../../kinds/planResources';

/** Missing quota of a rejected object, such as `2 CPU, 1 pod`. */
export interface ExceededQuota {
  requested: string[];
  used: string[];
  limited: string[];
}

const nouns: Record<string, string> = {
  ...Object.fromEntries(
    Object.values(resources).map(({ noun, quotaKey }) => [quotaKey, noun]),
  ),
  'count/apps.bailiwick.dev': 'apps',
  'count/configmaps': 'code bundles',
};

/**
 * Reads why the API server refused an object for a ResourceQuota; `undefined` for other refusals.
 *
 * @param message - such as `pods "x" is forbidden: exceeded quota: …`
 * @public
 */
export function readExceededQuota(message: string): ExceededQuota | undefined {
  const [, requested, used, limited] =
    /exceeded quota: [^,]+, requested: (.+?), used: (.+?), limited: (\S+)/.exec(
      message,
    ) ?? [];
  return requested
    ? {
        requested: describeAmounts(requested),
        used: describeAmounts(used),
        limited: describeAmounts(limited),
      }
    : undefined;
}

/** `requests.cpu=2,pods=3` as `2 CPU` and `3 pods`. */
function describeAmounts(amounts: string): string[] {
  return amounts.split(',').map(amount => {
    const [key, quantity] = amount.split('=');
    return `${quantity} ${nounFor(nouns[key] ?? key, quantity)}`;
  });
}

/** The noun after an amount, singular after 1. @public */
export function nounFor(noun: string, amount: number | string): string {
  return `${amount}` === '1' ? noun.replace(/s$/, '') : noun;
}
