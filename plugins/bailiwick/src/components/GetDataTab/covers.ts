import type { GrantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Whether a token gives access to a function; one without functions gives access to all. */
export function covers(
  { functions }: Pick<GrantView['spec'], 'functions'>,
  fn: string,
): boolean {
  return functions?.includes(fn) ?? true;
}
