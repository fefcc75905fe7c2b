/** A text as pods shall get it: Kubernetes replaces `$(NAME)` in arguments and variables otherwise. */
export function escapeVariables(text: string): string {
  return text.replaceAll('$', '$$$$');
}
