/** Returns a `traceparent` header with a new trace (W3C Trace Context, section 3.2). */
export function newTraceParent(): string {
  return `00-${hex(16)}-${hex(8)}-01`;
}

/**
 * Returns the trace ID of a `traceparent` header: 32 hexadecimal digits; `undefined` if the header is not valid.
 *
 * @public
 */
export function traceIdOf(header: string | undefined): string | undefined {
  const [, id] =
    /^(?!ff)[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}(?:-|$)/.exec(
      header ?? '',
    ) ?? [];
  return id && /[^0]/.test(id) ? id : undefined;
}

function hex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
