import { CommandError } from '@bailiwick/backstage-cli';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A release of Backstage in which Bailiwick's packages are installed. */
export interface BackstageLine {
  /** Version of `@backstage/create-app`. */
  createApp: string;
  /** Version of Node.js; by default the one of this repository. */
  node?: string;
  /** Version of each Backstage package; by default those in the lock file of this repository. */
  versions?: Record<string, string>;
}

/** The supported releases by their name, the newest first. */
const lines: Record<string, () => BackstageLine> = {
  '1.55': () => ({ createApp: '0.9.2' }),
  '1.54': () => ({
    createApp: '0.9.1',
    node: '22.23.3',
    versions: readVersions('backstage-1.54.json'),
  }),
};

/**
 * Reads the versions of a release, which are those of Backstage's release manifest. Where the registry lacks a version,
 * the file has the next one.
 */
function readVersions(file: string): Record<string, string> {
  return JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'));
}

/**
 * Finds a release of Backstage by its name, such as `1.54`; without a name, the newest one.
 *
 * @throws CommandError for a release that is not supported
 */
export function backstageLine(name?: string): BackstageLine {
  const [newest] = Object.keys(lines);
  const line = lines[name ?? newest];
  if (line) return line();
  throw new CommandError(
    `Bailiwick does not support Backstage ${name}.`,
    `Choose one of these releases: ${Object.keys(lines).join(', ')}`,
  );
}
