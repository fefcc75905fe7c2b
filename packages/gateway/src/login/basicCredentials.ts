/** What a client sent by HTTP Basic. */
interface BasicCredentials {
  user: string;
  password: string;
}

/** Reads an `Authorization` header (RFC 7617), `undefined` when it holds no Basic credentials. */
export function basicCredentials(
  header: string | undefined,
): BasicCredentials | undefined {
  const [, encoded] = /^basic +([A-Za-z0-9+/]+=*) *$/i.exec(header ?? '') ?? [];
  if (!encoded) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
