import {
  fieldPath,
  firstIssues,
  issueWords,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { z } from 'zod';
import { suggestion } from '../problem/nearest';
import type { Problem } from '../problem/Problem';
import type { Located, Place } from './readYaml';

type Issue = z.core.$ZodIssue;

/** Returns the differences between a document and its schema. */
export function schemaProblems(
  schema: z.ZodType,
  document: Located,
): Problem[] {
  const { error } = schema.safeParse(document.value);
  return firstIssues(error).flatMap(issue =>
    problemsOf(schema, issue, document.value).map(
      ({ place, remedy, what }) => ({
        file: document.file,
        line: document.lineOf(place),
        what,
        remedy,
      }),
    ),
  );
}

function problemsOf(
  schema: z.ZodType,
  issue: Issue,
  value: unknown,
): { place: Place; what: string; remedy: string }[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = fieldsOf(schemaAt(schema, path));
    return issue.keys.map(key => ({
      place: [...path, key],
      what: `${fieldPath([...path, key])} is not a field of the format`,
      remedy: `${
        // In { summary: Prices, and more }, the text ends at the comma.
        valueAt(value, [...path, key]) === null && key.includes(' ')
          ? 'Put texts that contain a comma into quotes. '
          : suggestion(key, known)
      }Fields here are ${known.join(', ')}`,
    }));
  }
  if (issue.code === 'invalid_value' && issue.values.length > 1) {
    const names = issue.values.map(String);
    const given = valueAt(value, path);
    return [
      {
        place: path,
        what:
          given === undefined
            ? `${fieldPath(path)} is missing`
            : `${fieldPath(path)} can't be ${JSON.stringify(given)}`,
        remedy: `${suggestion(given, names)}Use one of: ${names.join(', ')}`,
      },
    ];
  }
  const words = issueWords(issue);
  const what = `${fieldPath(path) || 'The file'} ${
    /^(must|is) /.test(words) ? words : `is wrong: ${words}`
  }`;
  const description = schemaAt(schema, path)?.description;
  return [
    {
      place: path,
      what,
      remedy: description
        ? `Expected: ${description.replace(/\.$/, '')}`
        : 'See the pack format reference',
    },
  ];
}

/** Returns a part of a document. */
function valueAt(value: unknown, path: Place): unknown {
  return path.reduce<any>((part, key) => part?.[key], value);
}

/** The schema of a part of a document. */
function schemaAt(schema: z.ZodType, path: Place): z.ZodType | undefined {
  let at: z.ZodType | undefined = schema;
  for (const part of path) {
    at = inner(at);
    if (at instanceof z.ZodObject)
      at = at.shape[String(part)] as z.ZodType | undefined;
    else if (at instanceof z.ZodArray) at = at.element as z.ZodType;
    else at = undefined;
    if (!at) return undefined;
  }
  return at;
}

/** Removes the wrapper of an optional schema. */
function inner(schema: z.ZodType | undefined): z.ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return inner(schema.unwrap() as z.ZodType);
  return schema;
}

function fieldsOf(schema: z.ZodType | undefined): string[] {
  const object = inner(schema);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}
