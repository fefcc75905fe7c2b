/** Inputs that would be evaluated as templates; each would print 62615533 or reveal the process. */
export const templatePayloads = [
  '${{ 7919 * 7907 }}',
  '{{ 7919 * 7907 }}',
  '{% if true %}{{ 7919*7907 }}{% endif %}',
  '${{ "".constructor.constructor("return 7919*7907")() }}',
  '{{ range.constructor("return global.process.pid")() }}',
  '${7919*7907}',
  '<%= 7919*7907 %>',
  '#{7919*7907}',
];

/** Inputs that attempt to leave a folder, a name or a line. */
export const pathPayloads = [
  '../../../../tmp/outside',
  '/etc/passwd',
  '..',
  '.',
  '%2e%2e%2f%2e%2e%2foutside',
  '..\\..\\outside',
  'a/../../b',
  '.git/hooks/post-update',
  '.GIT/config',
  'feed.git',
  'feed\0.txt',
  'feed\nM 100644 inline ../outside',
  '--upload-pack=touch /tmp/outside',
  'feed;touch /tmp/outside',
  '$(touch /tmp/outside)',
  'ﬁnance',
  'x'.repeat(5000),
];

/** Ways to the strings of a value, as the keys that lead there. */
export function stringsIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    stringsIn(inner, [...path, key]),
  );
}

/** A copy of a value in which one place holds something else. */
export function withAt(
  value: unknown,
  [key, ...rest]: string[],
  placed: unknown,
): unknown {
  if (key === undefined) return placed;
  const copy: Record<string, unknown> = Array.isArray(value)
    ? ([...value] as never)
    : { ...(value as object) };
  copy[key] = withAt(copy[key], rest, placed);
  return copy;
}
