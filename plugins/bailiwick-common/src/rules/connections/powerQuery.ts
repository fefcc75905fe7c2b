import type { ConnectionSource } from './ConnectionSource';

/**
 * Returns the query of a table in the formula language M
 * (https://learn.microsoft.com/powerquery-m/odata-feed). It contains no token: Power Query asks for it.
 *
 * @public
 */
export function powerQuery({ fn, query, service }: ConnectionSource): string {
  return `let
    Source = OData.Feed(${quote(
      `${service}${fn.name}${query}`,
    )}, null, [Implementation = "2.0"])
in
    Source
`;
}

/** Quotes a text (https://learn.microsoft.com/powerquery-m/m-spec-lexical-structure). */
function quote(text: string): string {
  return `"${text.replaceAll('#(', '#(#)(').replaceAll('"', '""')}"`;
}
