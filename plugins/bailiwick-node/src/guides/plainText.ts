import {
  firstSentence,
  joinSentences,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { lexer, type Token, type Tokens } from 'marked';

/** Returns the words of Markdown without its marks, including those of code. @public */
export function plainText(markdown: string): string {
  return joinTexts(lexer(markdown)).replace(/\s+/g, ' ').trim();
}

/** Returns the first sentence of the first paragraph; empty without a paragraph. @public */
export function summaryOf(markdown: string): string {
  return firstSentence(firstParagraph(markdown));
}

/** Returns the first two sentences of the first paragraph: whom a guide is for, and what it shows. */
export function openingOf(markdown: string): string {
  const paragraph = firstParagraph(markdown);
  const first = firstSentence(paragraph);
  const rest = paragraph.slice(first.length).trim();
  return joinSentences(first, rest && firstSentence(rest));
}

function firstParagraph(markdown: string): string {
  const paragraph = lexer(markdown).find(({ type }) => type === 'paragraph');
  return paragraph ? textOf(paragraph).replace(/\s+/g, ' ').trim() : '';
}

/** Returns the text of a token; parts of a sentence join without spaces. */
export function textOf(token: Token | Tokens.TableCell): string {
  if ('rows' in token) return joinTexts([token.header, ...token.rows].flat());
  if ('items' in token) return joinTexts(token.items);
  if ('tokens' in token && token.tokens)
    return token.tokens.map(textOf).join('');
  return 'text' in token ? token.text : ' ';
}

/** Joins the texts of blocks, apart from each other and from the text around them. */
function joinTexts(blocks: (Token | Tokens.TableCell)[]): string {
  return ` ${blocks.map(textOf).join(' ')} `;
}
