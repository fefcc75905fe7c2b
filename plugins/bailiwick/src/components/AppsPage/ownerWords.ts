/** The name of a group or a person, without the parts that all have in common. */
export function ownerWords(entityRef: string): string {
  return entityRef.replace(/^[a-z]+:(default\/)?/i, '');
}
