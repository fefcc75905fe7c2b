// Other characters mean something to a shell, into which people copy addresses. A user, host or folder that begins
// with a hyphen is an option of ssh or git, which decode addresses; other schemes name files and programs of who clones.
const encoded = '%(?:2[0-9A-CE-Fa-ce-f]|[3-9A-Fa-f][0-9A-Fa-f])';
const user = `[A-Za-z0-9_](?:[A-Za-z0-9._~+,=-]|${encoded})*`;
const password = `(?:[A-Za-z0-9._~+,=-]|${encoded})*`;
const host = '[A-Za-z0-9][A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_][A-Za-z0-9_-]*)*';
const folder = `(?:[A-Za-z0-9._~+,=@:]|${encoded})(?:[A-Za-z0-9._~+,=@:-]|${encoded})*`;
const name = '[A-Za-z0-9._~+,=][A-Za-z0-9._~+,=-]*';

const url = `(?:https?|ssh|git)://(?:${user}(?::${password})?@)?${host}(?::[0-9]{1,5})?(?:/${folder})*/?`;
const shortAddress = `(?:${user}@)?${host}:${name}(?:/${name})*`;
const onPortal = `[A-Za-z0-9][A-Za-z0-9._~+,=-]*(?:/${name})*`;

/** Repositories that an app can name: `<tenant>/<repository>`, a URL, or a short address such as `git@host:team/code`. */
export const repositoryPattern = new RegExp(
  `^(?:${url}|${shortAddress}|${onPortal})$`,
);
