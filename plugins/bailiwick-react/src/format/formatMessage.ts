import {
  formatRelease,
  shortEntityRef,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { formatInstants } from './formatDate';

const releases =
  /(?<=\b(?:release|from|to) )("?)([a-z][a-z0-9-]*-r\d+)\1(?![\w-])/gi;
const names = /(?<=\b(?:tenant|app|of) )("?)([a-z][a-z0-9-]*)\1(?![\w"-])/gi;
const people = /\b(?:user|group):[\w-]+\/[\w.-]*\w/g;

/**
 * Formats a message of the operator or the API for people: `Tenant rates-desk was renewed until 2027-01-01T08:00:00Z`
 * becomes `Tenant Rates desk was renewed until January 1, 2027 at 08:00`. Releases are shown by their number, people and groups by their name.
 *
 * @param titles - display names of tenants and apps, by name
 * @public
 */
export function formatMessage(
  message: string,
  titles: Record<string, string | undefined> = {},
): string {
  const titleOf = (name: string) =>
    Object.hasOwn(titles, name) ? titles[name] : undefined;
  return formatInstants(message)
    .replace(people, shortEntityRef)
    .replace(releases, (_found, _quote, name: string) => formatRelease(name))
    .replace(names, (found, _quote, name: string) => titleOf(name) ?? found);
}
