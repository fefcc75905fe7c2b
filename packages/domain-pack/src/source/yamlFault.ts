import { visit, type Document, type YAMLError } from 'yaml';

/** A syntax error in a YAML file, with a message for the author. */
export interface YamlFault {
  /** Characters before the place that has to be corrected. */
  offset: number;
  what: string;
  remedy: string;
}

const indentation =
  'Indent the fields of one object, and the items of one list, by the same number of spaces. Put texts with ": " into quotes';

/** Remedies for errors of the parser, by code. */
const remedies: Partial<Record<YAMLError['code'], string>> = {
  BAD_INDENT: indentation,
  BLOCK_AS_IMPLICIT_KEY: indentation,
  MULTILINE_IMPLICIT_KEY: indentation,
  MISSING_CHAR: indentation,
  DUPLICATE_KEY: 'Delete one of the two fields',
};

/** Escaped form of a quote within a text in such quotes. */
const innerQuotes: Record<string, string> = { "'": "''", '"': '\\"' };

/** Explains an error of the parser. */
export function yamlFault(
  { code, message, pos: [offset] }: YAMLError,
  document: Document.Parsed,
  text: string,
): YamlFault {
  const what = message.split('\n')[0].replace(/ at line .*$/, '');
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1);
  // The parser mistakes tabs within brackets for missing brackets.
  if (/^(TAB_AS|BAD)_INDENT$/.test(code) && /^ *\t/.test(line))
    return {
      offset,
      what: 'Tabs are not allowed as indentation',
      remedy: 'Indent with spaces',
    };
  const quote = /^Missing closing (["'])quote$/.exec(what)?.[1];
  if (quote)
    return {
      offset: beginOfText(document, offset),
      what: `Missing closing quote (${quote})`,
      remedy: `End the text with ${quote}, and write ${innerQuotes[quote]} for each such quote within it`,
    };
  if (what === 'Unexpected scalar at node end')
    return {
      offset,
      what: 'Unexpected text after the closing quote',
      remedy:
        "Put the whole text into quotes. Within single quotes, write '' for an apostrophe; within double quotes, write \\\" for a quote",
    };
  const bracket = /^Flow .* end with a ([\]}])$/.exec(what)?.[1];
  if (bracket)
    return {
      offset,
      what: `Missing ${bracket} before this line`,
      remedy: `Close the bracket with ${bracket}, or indent this line further than the line with the opening bracket`,
    };
  return {
    offset,
    what,
    remedy: remedies[code] ?? 'Correct the YAML of this line',
  };
}

/** Returns where the quoted text begins that ends at an offset; the parser reports a missing quote where the file ends. */
function beginOfText(document: Document.Parsed, end: number): number {
  let begin = end;
  visit(document, {
    Scalar: (_key, { range, type }) => {
      if (type?.startsWith('QUOTE') && range && range[0] < end)
        begin = range[0];
    },
  });
  return begin;
}
