// Checks the English of documentation, of strings in the product, and of the texts in charts, packs and the function
// runtime: words that have better ones, the length of sentences, and labels with full stops.
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
  [/\beverybody\b/i, 'everyone, or the role'],
  [/\banybody\b/i, 'anyone, or the role'],
  [/\bunder way\b/i, 'in progress'],
  [/\bunless (given|told)\b/i, 'by default'],
  [/\bwhen (left out|absent)\b/i, 'by default'],
  [/(?<!e-)\bmails\b/i, 'e-mails'],
  [/\bsince when\b/i, 'the time of the change'],
  [/\bthat (is|are) there\b/i, 'that exists'],
  [/\b(says?|tells?) (how|what|when|who|why)\b/i, 'shows, names or reports'],
  [/\bgo(es)? on\b/i, 'continues'],
  [
    /\bof (her|his|its|one['’]s|our|their|your) own\b/i,
    '"own" before the noun',
  ],
  [
    /(?<!\bthere )\bis no (?!longer\b|more\b|one\b|other\b)[a-z]+/i,
    'is not a …',
  ],
];

const isDocument = file =>
  /^(docs\/|\.changeset\/|[^/]+$|(bench|packages|plugins|templates)\/.*README)/.test(
    file,
  ) && file.endsWith('.md');
const isTest = file => /\.test\.|\/tests\/|__(fixtures|testUtils)__/.test(file);
const isProductCode = file =>
  /^((packages|plugins)\/[^/]+|bench)\/src\/.*\.tsx?$|^scripts\/(?!prose)[^/]+\.mjs$/.test(
    file,
  ) && !isTest(file);
/** Comments and texts of YAML, JSON and Python that people see: settings, help, policies, forms, contracts and code. */
const isPlainText = file =>
  /^(charts\/.*\.yaml|backstage\.app-config.*\.yaml|packages\/cli\/(commands\.json|starter-pack\/.*\.(yaml|njk|py))|(templates|packages\/domain-pack\/examples)\/.*\.(yaml|njk|py)|packages\/function-runtime\/src\/.*\.py)$/.test(
    file,
  ) && !isTest(file);

/** The length of a sentence in words; inline code counts as one. */
const longestSentence = 25;
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Attributes and elements whose text is a label. */
const labelAttribute =
  /^(aria-label|label|placeholder|primary|subheader|title|tooltip)$/;
const labelElement = /^(Button|MenuItem|Tab|TableCell|h[1-6])$/;

/** Where a paragraph begins: a list item, a heading, a table, a quotation, HTML. */
const beginsParagraph = /^\s*([-*]|\d+\.)\s|^\s*$|^[#|<>]/;

/** Prose of Markdown without its marks: inline code becomes one word, a link its text. */
const withoutMarks = text =>
  text
    .replace(/`[^`]*`/g, 'Code')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|<[^>]*>/g, '');

/** Paragraphs, list items and table cells of a document, each with the number of its first line. */
function* paragraphsOf(text) {
  let isCode = false;
  let first = 0;
  let lines = [];
  for (const [index, line] of [...text.split('\n'), ''].entries()) {
    const isFence = /^\s*```/.test(line);
    if (lines.length > 0 && (isFence || beginsParagraph.test(line))) {
      yield [first, lines.join(' ')];
      lines = [];
    }
    if (isFence) isCode = !isCode;
    else if (isCode || line.trim() === '') continue;
    else if (line.startsWith('|'))
      for (const cell of line.split('|')) yield [index + 1, cell];
    else {
      if (lines.length === 0) first = index + 1;
      lines.push(line);
    }
  }
}

/** The string that a node contains; expressions within templates count as one word. */
function stringOf(node) {
  if (ts.isTemplateExpression(node))
    return [
      node.head.text,
      ...node.templateSpans.map(({ literal }) => `x${literal.text}`),
    ].join('');
  if (ts.isJsxText(node)) return node.text.replace(/\s+/g, ' ');
  return ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** Whether a node is the whole text of a label. */
function isLabel({ parent }) {
  const owner = ts.isJsxExpression(parent) ? parent.parent : parent;
  return ts.isJsxAttribute(owner)
    ? labelAttribute.test(owner.name.getText())
    : ts.isJsxElement(owner) &&
        labelElement.test(owner.openingElement.tagName.getText());
}

/** String literals, templates and JSX texts of a module: line, text, and whether it is a label. */
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
    const words = stringOf(node);
    if (words !== undefined)
      yield [
        source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
        words,
        isLabel(node),
      ];
    ts.forEachChild(node, child => void nodes.push(child));
  }
}

function* wordProblems(words) {
  for (const [term, better] of terms) {
    const [found] = term.exec(words) ?? [];
    if (found) yield `instead of "${found}" write ${better}`;
  }
}

function* lengthProblems(text) {
  for (const { segment } of sentences.segment(text.replace(/\s+/g, ' '))) {
    const { length } = segment.trim().split(' ');
    if (length > longestSentence)
      yield `divide the sentence of ${length} words, at most ${longestSentence} are easy to read: "${segment.slice(
        0,
        60,
      )}…"`;
  }
}

function* documentProblems(text) {
  for (const [line, paragraph] of paragraphsOf(text)) {
    for (const problem of wordProblems(paragraph.replace(/`[^`]*`/g, '')))
      yield [line, problem];
    for (const problem of lengthProblems(withoutMarks(paragraph)))
      yield [line, problem];
  }
}

/** The parts of a string in which a sentence can be: the lines of a program, a file or the help of a command. */
const passagesOf = words =>
  /\n\s*\S.*\n/.test(words) ? words.split('\n') : [words];

function* stringProblems(file, text) {
  for (const [line, words, isOfLabel] of stringsOf(file, text)) {
    for (const problem of wordProblems(words.replace(/\s+/g, ' ')))
      yield [line, problem];
    for (const passage of passagesOf(words))
      for (const problem of lengthProblems(passage)) yield [line, problem];
    if (isOfLabel && /[^.]\.\s*$/.test(words))
      yield [line, `remove the full stop of the label "${words.trim()}"`];
  }
}

/** Comments of several lines, and texts after a key, of YAML, JSON and Python: the number of the first line and the text. */
function* passagesOfPlainText(text) {
  let first = 0;
  let comment = [];
  for (const [index, line] of [...text.split('\n'), ''].entries()) {
    const [, words] = /^\s*# (\S.*)$/.exec(line) ?? [];
    if (words) {
      if (comment.length === 0) first = index + 1;
      comment.push(words);
      continue;
    }
    if (comment.length > 0) yield [first, comment.join(' ')];
    comment = [];
    yield [index + 1, line.replace(/^\s*(- )?"?[\w-]+"?: /, '')];
  }
}

function* plainTextProblems(text) {
  for (const [line, passage] of passagesOfPlainText(text)) {
    for (const problem of wordProblems(passage)) yield [line, problem];
    if (/[a-z]{3,} [a-z]{2,} /.test(passage) && !/[{}=]/.test(passage))
      for (const problem of lengthProblems(passage)) yield [line, problem];
  }
}

/** Returns the problems of a file, each with its line. */
function problemsOf(file, text) {
  if (isDocument(file)) return documentProblems(text);
  return isPlainText(file)
    ? plainTextProblems(text)
    : stringProblems(file, text);
}

/** Returns the problems of documents, strings and texts, each with file, line and remedy. */
export function proseProblems(root, files) {
  return files
    .filter(
      file => isDocument(file) || isProductCode(file) || isPlainText(file),
    )
    .flatMap(file => {
      let text;
      try {
        text = readFileSync(join(root, file), 'utf8');
      } catch {
        return []; // deleted, not committed yet
      }
      return [...problemsOf(file, text)].map(
        ([line, problem]) => `${file}:${line}: ${problem}`,
      );
    });
}
