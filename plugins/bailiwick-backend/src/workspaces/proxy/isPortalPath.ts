/** First segment of the paths that only the portal itself may call in the pod. */
const portalSegment = 'bailiwick';
/** Maximum number of times that a path may be percent-encoded. */
const mostEncodings = 8;

/**
 * Returns whether a path may be taken for the portal's own channel in the pod, `/bailiwick/…`. Also
 * true for its disguises: encodings, empty and dot segments, backslashes, path parameters, other
 * cases and compatibility characters (NFKC).
 *
 * @param target - request target with the query, as received
 */
export function isPortalPath(target: string): boolean {
  let [path] = target.split(/[?#]/, 1);
  for (let count = 0; count < mostEncodings; count++) {
    if (startsInPortal(path)) return true;
    const decoded = decode(path);
    if (decoded === path) return false;
    path = decoded;
  }
  return true;
}

function startsInPortal(path: string): boolean {
  const segments = path
    .normalize('NFKC')
    .split(/[/\\]/)
    .map(segment => segment.toLowerCase().replace(/;.*|[^!-~]/gs, ''));
  const names = segments.filter(segment => !/^\.{0,2}$/.test(segment));
  const hasDots = segments.some(segment => /^\.{1,2}$/.test(segment));
  return hasDots ? names.includes(portalSegment) : names[0] === portalSegment;
}

/** Decodes an invalid encoding of UTF-8 byte by byte. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path.replace(/%([0-9a-f]{2})/gi, (_, hex) =>
      String.fromCharCode(parseInt(hex, 16)),
    );
  }
}
