const opening = /\{%-?\s*raw\s*-?%\}|\{#|\{%|\$\{\{|\{\{/g;
/** Tokens within a tag: texts, whose content is ignored, and opening and closing delimiters. */
const inTag = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\$\{\{|\{%|%\}|\}\}/g;
const endOfRaw = /\{%-?\s*endraw\s*-?%\}/g;
/** An expression with a name that templates know; other braces belong to other languages. */
const expression = /-?\s*((?:values|pack)\.\w[^{}\n]*)\}\}/y;
const closings = { '{#': '#}', '{%': '%}', '${{': '}}' };

/** A tag of a template. */
interface Tag {
  /** Position of its first character. */
  index: number;
  /** Its first characters, such as `${{`; of one without `$` the expression. */
  words: string;
  isClosed: boolean;
}

/** Returns the expressions that a template leaves as they are, because the `$` of `${{ … }}` is missing. */
export function plainExpressions(template: string): Tag[] {
  return scan(template).plain;
}

/**
 * Returns the tag in which the engine stopped, if it opens before the line that the engine reports: a tag that nothing
 * closes is read up to the end of another one.
 *
 * @param line - line that the engine reports, from 1
 */
export function openTag(template: string, line = 1): Tag | undefined {
  const { tags, unclosed } = scan(template);
  const start = template.split('\n', line - 1).join('\n').length;
  const around = tags.find(({ end, index }) => index <= start && end > start);
  return unclosed ?? (line > 1 ? around : undefined);
}

/** Reads the tags of a template up to the first one that nothing closes; comments and raw blocks are skipped. */
function scan(template: string): {
  plain: Tag[];
  tags: (Tag & { end: number })[];
  unclosed?: Tag;
} {
  const plain: Tag[] = [];
  const tags: (Tag & { end: number })[] = [];
  for (let at = 0; ; ) {
    const tag = matchAt(opening, template, at);
    if (!tag) return { plain, tags };
    const { 0: words, index } = tag;
    at = index + words.length;
    if (words === '{{') {
      const found = matchAt(expression, template, at);
      if (found)
        plain.push({
          index,
          words: found[1].replace(/-$/, '').trim(),
          isClosed: true,
        });
      continue;
    }
    const end = endOfTag(template, at, words);
    if (end === undefined)
      return { plain, tags, unclosed: { index, words, isClosed: false } };
    tags.push({ index, words, isClosed: true, end });
    at = end;
  }
}

/** Returns where a tag ends; `undefined` when the text ends, or another tag begins, before. */
function endOfTag(
  template: string,
  from: number,
  words: string,
): number | undefined {
  if (words.includes('raw')) {
    const end = matchAt(endOfRaw, template, from);
    return end && end.index + end[0].length;
  }
  const closing = closings[words as keyof typeof closings];
  if (words === '{#') {
    const end = template.indexOf(closing, from);
    return end < 0 ? undefined : end + closing.length;
  }
  for (let at = from; ; ) {
    const token = matchAt(inTag, template, at);
    if (!token || token[0] === '${{' || token[0] === '{%') return undefined;
    at = token.index + token[0].length;
    if (token[0] === closing) return at;
  }
}

function matchAt(
  pattern: RegExp,
  text: string,
  at: number,
): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
