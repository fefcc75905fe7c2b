/** Name of the scaffolder's template of an archetype. @public */
export function templateName(pack: string, archetype: string): string {
  return `${pack}-${archetype}`;
}
