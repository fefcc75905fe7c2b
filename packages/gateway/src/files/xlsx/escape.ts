const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Escapes a text for XML. Characters that XML has not are left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, found =>
      /[\t\n]/.test(found) ? found : '',
    )
    .replace(/[&<>"]/g, found => entities[found]);
}
