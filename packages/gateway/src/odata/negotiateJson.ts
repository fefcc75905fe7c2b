import { NotAcceptableError } from '../errors';
import type { MetadataLevel, RowForm } from './encodeRows';

interface MediaRange extends RowForm {
  isJson: boolean;
  quality: number;
}

const levels: readonly MetadataLevel[] = ['minimal', 'none', 'full'];

/**
 * Returns the form of JSON that a client prefers (OData 4.0 JSON Format, section 3).
 *
 * @param accept - the `Accept` header; absent means any
 * @param format - `$format`, which takes precedence
 * @throws NotAcceptableError when the client accepts no JSON
 */
export function negotiateJson(
  accept: string | undefined,
  format: string | undefined,
): RowForm {
  const text = format === 'json' ? 'application/json' : format ?? accept;
  const [best] = (text || '*/*')
    .split(',')
    .map(readRange)
    .filter(({ isJson, quality }) => isJson && quality > 0)
    .sort((one, other) => other.quality - one.quality);
  if (!best)
    throw new NotAcceptableError(
      'OData is available as application/json, with odata.metadata=none, minimal or full; set Accept or $format accordingly',
    );
  const { isIeee754, level } = best;
  return { isIeee754, level };
}

/** Returns the media type of a form. */
export function contentTypeOf({ isIeee754, level }: RowForm): string {
  return `application/json;odata.metadata=${level}${
    isIeee754 ? ';IEEE754Compatible=true' : ''
  }`;
}

function readRange(text: string): MediaRange {
  const [type, ...parameters] = text
    .split(';')
    .map(part => part.trim().toLowerCase());
  const given = new Map(
    parameters.map(part => part.split('=', 2) as [string, string]),
  );
  // Clients of OData 4.01 leave the prefix out.
  const level = given.get('odata.metadata') ?? given.get('metadata');
  const quality = Number(given.get('q') ?? 1);
  return {
    isJson:
      ['application/json', 'application/*', '*/*'].includes(type) &&
      (level === undefined || levels.some(known => known === level)),
    quality: Number.isFinite(quality) ? quality : 0,
    level: (level as MetadataLevel | undefined) ?? 'minimal',
    isIeee754: given.get('ieee754compatible') === 'true',
  };
}
