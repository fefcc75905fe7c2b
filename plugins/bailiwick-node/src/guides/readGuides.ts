import type { GuideView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guideSections } from './guideSections';
import { parseGuide } from './parseGuide';

/**
 * Reads the guides that exist in a folder, in the order of the table of sections.
 *
 * @param folder - value of `bailiwick.docs.path`; no guides if absent
 * @throws Error if the folder does not exist
 * @public
 */
export function readGuides(folder: string | undefined): GuideView[] {
  if (!folder) return [];
  if (!existsSync(folder))
    throw new Error(
      `The folder of the guides, ${folder}, does not exist. Set bailiwick.docs.path to the folder docs of Bailiwick, or remove the key.`,
    );
  return guideSections.flatMap(({ paths, title }) =>
    paths
      .filter(path => existsSync(join(folder, path)))
      .map(path =>
        parseGuide({
          path,
          section: title,
          source: readFileSync(join(folder, path), 'utf8'),
        }),
      ),
  );
}
