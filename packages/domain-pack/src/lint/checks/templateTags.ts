const opening = /\{%-?\s*raw\s*-?%\}|\{#|\{%|\$\{\{|\{\{/g;
/** What counts inside of a tag: texts, whose content does not, and what opens or closes a tag. */
const inTag = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\$\{\{|\{%|%\}|\}\}/g;
const endOfRaw = /\{%-?\s*endraw\s*-?%\}/g;
/** An expression with a name that templates know; other braces belong to other languages. */
const expression = /-?\s*((?:values|pack)\.\w+[^{}\n]*?)\s*-?\}\}/y;
const closings = { '{#': '#}', '{%': '%}', '${{': '}}' };

/** A part of a template that does not become what its author means. */
interface WrongTag {
  /** Position of its first character. */
  index: number;
  /** Its first characters of a tag that nothing closes; the expression of one without `$`. */
  words: string;
}

/**
 * Finds expressions that a template leaves as they are, because the `$` of `${{ … }}` is missing, and the first tag
 * that nothing closes, behind which nothing is read. Comments and raw blocks are skipped.
 */
export function wrongTags(template: string): {
  plain: WrongTag[];
  unclosed?: WrongTag;
} {
  const plain: WrongTag[] = [];
  for (let at = 0; ; ) {
    const tag = matchAt(opening, template, at);
    if (!tag) return { plain };
    const { 0: words, index } = tag;
    at = index + words.length;
    if (words === '{{') {
      const found = matchAt(expression, template, at);
      if (found) plain.push({ index, words: found[1] });
      continue;
    }
    const end = endOfTag(template, at, words);
    if (end === undefined) return { plain, unclosed: { index, words } };
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
