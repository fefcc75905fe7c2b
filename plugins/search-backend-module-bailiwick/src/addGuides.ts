import type { SearchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import {
  searchTypes,
  type GuideView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { Readable } from 'node:stream';
import { buildGuideDocuments } from './documents/buildGuideDocuments';

/** Indexes guides once, because they don't change while the portal runs. Every signed-in person finds them. */
export function addGuides(
  index: SearchIndexRegistryExtensionPoint,
  guides: GuideView[],
): void {
  if (guides.length === 0) return;
  index.addCollator({
    factory: {
      type: searchTypes.docs,
      getCollator: async () =>
        Readable.from(guides.flatMap(buildGuideDocuments)),
    },
    schedule: {
      run: async ({ fn, signal }) => fn(signal ?? new AbortController().signal),
    },
  });
}
