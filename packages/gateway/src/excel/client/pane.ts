import { addIn, recalculate } from './office';
import { addressOf, failureOf, send } from './request';
import { getToken, setToken } from './tokens';

/** An app in an environment, whose token people enter. */
interface Place {
  app: string;
  environment: string;
}

/** Fills the task pane: a field for the token of each app, and the functions. */
export function showPane(page: Document): void {
  const places = new Map<string, Place>();
  for (const { app, environment } of addIn.functions)
    places.set(`${environment}/${app}`, { app, environment });
  const forms = [...places.values()].map(place => tokenForm(page, place));
  page.querySelector('#tokens')?.replaceChildren(...forms);
  const functions = addIn.functions.flatMap(
    ({ description, id, parameters }) => [
      element(
        page,
        'dt',
        `=${addIn.namespace}.${id}(${parameters
          .map(({ isOptional, name }) => (isOptional ? `[${name}]` : name))
          .join(', ')})`,
      ),
      element(page, 'dd', description),
    ],
  );
  page.querySelector('#functions')?.replaceChildren(...functions);
}

function tokenForm(page: Document, place: Place): HTMLElement {
  const form = page.createElement('form');
  const label = element(
    page,
    'label',
    `Token for ${place.app} in ${place.environment}`,
  );
  const input = page.createElement('input');
  input.type = 'password';
  input.autocomplete = 'off';
  label.append(input);
  const button = element(page, 'button', 'Save token');
  const status = element(page, 'div', '');
  status.setAttribute('role', 'status');
  const show = (text: string) => {
    status.textContent = text;
  };
  form.append(label, button, status);
  form.addEventListener('submit', event => {
    event.preventDefault();
    const token = input.value.trim();
    input.value = '';
    save(place, token).then(show, error => show(String(error)));
  });
  getToken(place.app, place.environment).then(token =>
    show(token ? 'A token is saved.' : 'No token yet.'),
  );
  return form;
}

/** Saves a token if the gateway accepts it; an empty one removes it. Returns what to tell. */
async function save(place: Place, token: string): Promise<string> {
  const { app, environment } = place;
  const before = await getToken(app, environment);
  await setToken(app, environment, token);
  if (!token) return 'The token was removed.';
  const address = addressOf({ ...place, fn: 'openapi.json' }, '');
  try {
    await send(address, place, {
      headers: { accept: 'application/json' },
      signal: new AbortController().signal,
    });
  } catch (error) {
    await setToken(app, environment, before ?? '');
    return (
      failureOf(error).error.message ??
      'The token was refused. Create a new token in the portal.'
    );
  }
  await recalculate().catch(() => {});
  return 'The token is saved.';
}

function element(page: Document, name: string, text: string): HTMLElement {
  const created = page.createElement(name);
  created.textContent = text;
  return created;
}
