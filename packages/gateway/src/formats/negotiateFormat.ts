import { NotAcceptableError } from '../errors';

interface Range {
  type: string;
  quality: number;
}

/**
 * Returns the format that a reader prefers (RFC 9110, section 12.5.1).
 *
 * @param header - the `Accept` header; absent means any
 * @param offers - available media types, best first
 * @throws NotAcceptableError with the available formats
 */
export function negotiateFormat<Type extends string>(
  header: string | undefined,
  offers: Type[],
): Type {
  const ranges = (header || '*/*').split(',').map(readRange);
  const [best] = offers
    .map(offer => ({ offer, quality: qualityOf(offer, ranges) }))
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  if (!best) {
    throw new NotAcceptableError(
      `This result is available as ${offers.join(
        ' or ',
      )}; set the Accept header accordingly`,
      { fields: { offers } },
    );
  }
  return best.offer;
}

function readRange(text: string): Range {
  const [type, ...parameters] = text.split(';').map(part => part.trim());
  const given = parameters.find(parameter => /^q=/i.test(parameter));
  const quality = given ? Number(given.slice(2)) : 1;
  return {
    type: type.toLowerCase(),
    quality: Number.isFinite(quality) ? quality : 0,
  };
}

/** The quality of the most specific range that covers a media type; 0 when none does. */
function qualityOf(offer: string, ranges: Range[]): number {
  const patterns = [offer, `${offer.split('/')[0]}/*`, '*/*'];
  for (const pattern of patterns) {
    const range = ranges.find(({ type }) => type === pattern);
    if (range) return range.quality;
  }
  return 0;
}
