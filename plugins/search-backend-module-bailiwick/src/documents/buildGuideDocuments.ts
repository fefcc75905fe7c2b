import type {
  BailiwickDocument,
  GuideView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  plainText,
  summaryOf,
} from '@bailiwick/backstage-plugin-bailiwick-node';
import { createOpenDocument } from './document';

/** Builds one document for each heading of a guide. */
export function buildGuideDocuments({
  name,
  parts,
  title: guide,
}: GuideView): BailiwickDocument[] {
  return parts.map(({ anchor, markdown, title }) =>
    createOpenDocument(
      {
        kind: 'docs',
        title,
        text: summaryOf(markdown),
        location: `/docs/${name}${anchor && `#${anchor}`}`,
        guide,
      },
      plainText(markdown),
    ),
  );
}
