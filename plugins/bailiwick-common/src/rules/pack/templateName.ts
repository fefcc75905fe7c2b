/** Name of the scaffolder's template of an archetype. */
export function templateName(pack: string, archetype: string): string {
  return `${pack}-${archetype}`;
}
