// Finds words in documentation and in strings of the product that plain technical English has better words for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** What is not written, and what to write instead. */
const terms = [
  [/\banew\b/i, 'again'],
  [/\bsomebody\b/i, 'someone, or the role'],
  [/\bwhoever\b/i, 'the role'],
  [/\b(is|are|was|were|be) gone\b/i, 'deleted, removed or not found'],
  [/\bc[ao]mes? to nothing\b/i, 'fails'],
  [/\bcame to nothing\b/i, 'failed'],
  [/\bdo(es)?( not|n['’]t) answer\b/i, 'is not responding, or is unreachable'],
  [/\bstands? still\b/i, 'paused, or hangs'],
  [/\bswitched (on|off)\b/i, 'enabled or disabled'],
  [/\bt(ake|akes|ook|aken) away\b/i, 'remove'],
  [/\b(is|are|was|were) told\b/i, 'is notified, or sees'],
];

const isDocument = file =>
  /^(docs\/(?!adr\/)|[^/]+$|(bench|packages|plugins)\/([^/]+\/)?README)/.test(
    file,
  ) && file.endsWith('.md');
const isProductCode = file =>
  /^(packages|plugins)\/[^/]+\/src\/.*\.tsx?$/.test(file) &&
  !/\.test\.|__(fixtures|testUtils)__/.test(file);

/** Lines of a document without code blocks. */
function* linesOf(text) {
  let isCode = false;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*```/.test(line)) isCode = !isCode;
    else if (!isCode) yield [index + 1, line.replace(/`[^`]*`/g, '')];
  }
}

/** String literals, templates and JSX texts of a module. */
function* stringsOf(file, text) {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(
    file,
    text,
    ts.ScriptTarget.Latest,
    true,
    kind,
  );
  const nodes = [source];
  for (let node; (node = nodes.pop()); ) {
    if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node) ||
      ts.isJsxText(node)
    )
      yield [
        source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
        node.text.replace(/\s+/g, ' '),
      ];
    ts.forEachChild(node, child => void nodes.push(child));
  }
}

/** Returns a problem for each term that has a better one, with file, line and remedy. */
export function proseProblems(root, files) {
  return files
    .filter(file => isDocument(file) || isProductCode(file))
    .flatMap(file => {
      let text;
      try {
        text = readFileSync(join(root, file), 'utf8');
      } catch {
        return []; // deleted, not committed yet
      }
      const places = isDocument(file) ? linesOf(text) : stringsOf(file, text);
      return [...places].flatMap(([line, words]) =>
        terms.flatMap(([term, better]) => {
          const [found] = term.exec(words) ?? [];
          return found
            ? [`${file}:${line}: instead of "${found}" write ${better}`]
            : [];
        }),
      );
    });
}
