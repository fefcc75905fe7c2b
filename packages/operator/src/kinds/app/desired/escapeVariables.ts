/** Escapes `$`, as Kubernetes expands `$(NAME)` in arguments and variables. */
export function escapeVariables(text: string): string {
  return text.replaceAll('$', '$$$$');
}
