import type {
  GuidePart,
  GuideView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { lexer, walkTokens, type Token } from 'marked';
import { basename } from 'node:path';
import { openingOf, textOf } from './plainText';

/** Splits a guide at its headings. Leaves out pictures: they show the portal that the reader is looking at. */
export function parseGuide({
  path,
  section,
  source,
}: {
  path: string;
  section: string;
  source: string;
}): GuideView {
  const anchorOf = createAnchors();
  const first: GuidePart = { anchor: '', title: path, level: 1, markdown: '' };
  const parts = [first];
  for (const token of lexer(source)) {
    if (token.type !== 'heading') {
      parts.at(-1)!.markdown += withoutPictures(token);
      continue;
    }
    const title = textOf(token);
    const anchor = anchorOf(title);
    if (token.depth === 1) first.title = title;
    else parts.push({ anchor, title, level: token.depth, markdown: '' });
  }
  return {
    name: basename(path, '.md'),
    path,
    section,
    title: first.title,
    summary: openingOf(first.markdown),
    parts,
  };
}

/** Returns the Markdown of a block without its pictures, also those in lists and tables. */
function withoutPictures(block: Token): string {
  let markdown = block.raw;
  walkTokens([block], ({ raw, type }) => {
    if (type === 'image') markdown = markdown.replace(raw, '');
  });
  return markdown;
}

/** Returns a function that turns the headings of a guide into anchors, by GitHub's rule. */
function createAnchors(): (title: string) => string {
  const counts = new Map<string, number>();
  return title => {
    const anchor = title
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    const count = counts.get(anchor) ?? 0;
    counts.set(anchor, count + 1);
    return count ? `${anchor}-${count}` : anchor;
  };
}
