/** Returns the query of a call with parameters, such as `?symbols=AAPL&symbols=IBM`; empty without any. @public */
export function toQuery(parameters: Record<string, unknown>): string {
  const pairs = Object.entries(parameters).flatMap(([name, value]) =>
    [value].flat().map(one => {
      const text = typeof one === 'object' ? JSON.stringify(one) : String(one);
      return [name, text];
    }),
  );
  const query = new URLSearchParams(pairs).toString();
  return query && `?${query}`;
}
