/**
 * Returns a page that ends the session at once; another demo person can sign in then.
 *
 * @param form - form of the provider, with its protection against foreign requests
 */
export function signOutPage(form: string): string {
  const confirmed = form.replace(
    '</form>',
    '<input type="hidden" name="logout" value="yes"><noscript><button>Sign out</button></noscript></form>',
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Signing out</title></head>
<body>${confirmed}<script>document.forms[0].submit()</script></body>
</html>`;
}
