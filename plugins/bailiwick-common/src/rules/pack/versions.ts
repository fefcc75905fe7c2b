import { labels, type DomainPack } from '../../kinds';

/** Syntax of versions that can be part of an object name (RFC 1123 subdomain). */
const inName =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/**
 * Name of the object that keeps a version of a pack after a newer one came, such as `market--2.0.0`. It has
 * a dot, which names of packs never have.
 *
 * @public
 */
export function keptPackName(pack: string, version: string): string {
  return `${pack}--${inName.test(version) ? version : `x.${hexOf(version)}`}`;
}

/** Name of the pack, also of a version that is kept under another name. @public */
export function packNameOf({ metadata }: DomainPack): string {
  return metadata.labels?.[labels.versionOf] ?? metadata.name;
}

/** The packs as people choose among them: without versions that are kept for apps. @public */
export function newestPacks(packs: DomainPack[]): DomainPack[] {
  return packs.filter(pack => packNameOf(pack) === pack.metadata.name);
}

/** Versions are ASCII, so each character has two digits. */
function hexOf(version: string): string {
  return [...version]
    .map(character => character.charCodeAt(0).toString(16))
    .join('');
}
