import { expect, test, type Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from './accessibility';
import { kubectl } from './kubectl';
import { signIn } from './people';

const pack = 'every-field';

/** A form with each kind of field, and settings of the environment. */
const form = `parameters:
  type: object
  required: [kind]
  ui:order: [kind, pick, item, amount, boxes, kinds, first, last, method, weight]
  properties:
    kind: { title: Kind, default: fruit, x-bailiwick: { vocabulary: Kind, options: { dataset: stock, column: kind } } }
    pick: { title: Pick, default: apple, x-bailiwick: { vocabulary: Item, options: { dataset: stock, column: item, where: { kind: kind } } } }
    item: { title: Item, x-bailiwick: { vocabulary: Item }, default: apple }
    amount: { title: Least amount, default: 3, x-bailiwick: { vocabulary: Amount } }
    boxes: { title: Boxes, type: integer, default: 1, minimum: 1, maximum: 9 }
    kinds: { title: Kinds, type: array, default: [fruit], minItems: 1, items: { x-bailiwick: { vocabulary: Kind, options: { dataset: stock, column: kind } } } }
    first: { title: First day, type: string, format: date, default: '2026-01-05' }
    last: { title: Last day, type: string, format: date, default: '2026-01-09', x-bailiwick: { notBefore: first } }
    method: { title: Method, type: string, enum: [plain, weighted], default: plain }
    weight: { title: Weight, type: number, default: 2, exclusiveMinimum: 0, x-bailiwick: { when: { parameter: method, is: [weighted] } } }
settings:
  type: object
  properties:
    limit: { title: Alarm below, type: number, default: 5, minimum: 0 }

`;

test.describe.serial('every field of a form', () => {
  let folder: string;
  let bea: Page;
  const errors: string[] = [];

  const bailiwick = (...args: string[]) =>
    execFileSync(
      process.execPath,
      [join(__dirname, '../../../scripts/run.mjs'), 'pack', ...args],
      { encoding: 'utf8', timeout: 60_000 },
    );
  /** Presses _Next_, and waits for the validation: Backstage's form drops input during it. */
  const next = async () => {
    const button = bea.getByRole('button', { name: /^(Next|Review)$/ });
    await button.click();
    await expect(button).toBeEnabled();
  };
  const heading = (name: string) => bea.getByText(name, { exact: true });

  test.beforeAll(async ({ browser }) => {
    folder = mkdtempSync(join(tmpdir(), 'every-field-'));
    const at = join(folder, pack);
    bailiwick('init', at);
    const file = join(at, 'archetypes/overview/archetype.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      text
        .replace(/parameters:\n[^]*?(?=# Contract of every app)/, () => form)
        .replace('{ kind: vegetable }', '{ kind: vegetable, pick: leek }'),
    );
    bailiwick(
      'apply',
      at,
      '--kubeconfig',
      process.env.BAILIWICK_ADMIN_KUBECONFIG!,
    );
    bea = await signIn(browser, 'Bea');
    bea.on('pageerror', error => errors.push(String(error)));
    await expect(async () => {
      await bea.goto(`/create/templates/default/${pack}-overview`);
      await expect(bea.getByLabel('Tenant and environment')).toBeVisible({
        timeout: 10_000,
      });
    }).toPass({ timeout: 60_000 });
  });
  test.afterAll(async () => {
    rmSync(folder, { recursive: true });
    await kubectl('delete', 'domainpack', pack);
  });

  test('the place lists only unprotected environments in which Bea can build', async () => {
    await bea.getByLabel('Tenant and environment').click();
    const places = await bea.getByRole('option').allInnerTexts();
    expect(places).toContain('Rates desk · dev');
    expect(places.filter(place => /prod/.test(place))).toEqual([]);
    await bea.getByRole('option', { name: 'Rates desk · dev' }).click();
  });

  test('the name is derived from the title; a name that cannot be derived is reported', async () => {
    await bea.getByRole('textbox', { name: 'Title' }).fill('Every field');
    const name = bea.getByRole('textbox', { name: 'Name' });
    await expect(name).toHaveValue('every-field');
    await name.fill('Every--field');
    await expect(
      bea.getByText(/must start with a lowercase letter/),
    ).toBeVisible();
    await name.fill('every-field');
    await expectAccessible(bea);
    await expect(bea.getByLabel('Least amount')).toBeVisible();
  });

  test('texts, numbers and days are validated during typing', async () => {
    await bea.getByLabel('Item').fill('No Item');
    await expect(
      bea.getByText('Item must have a format such as apple'),
    ).toBeVisible();
    const amount = bea.getByLabel('Least amount');
    await expect(bea.getByText('pieces')).toBeVisible();
    await amount.fill('-1');
    await expect(
      bea.getByText('Least amount must be at least 0'),
    ).toBeVisible();
    await bea.getByLabel('Boxes').fill('1.5');
    await expect(bea.getByText('Boxes must be a whole number')).toBeVisible();
    await bea.getByLabel('Last day').fill('2026-01-01');
    await expect(
      bea.getByText('Last day must not be before First day, 2026-01-05'),
    ).toBeVisible();
    await expectAccessible(bea);
    await next();
    // The form does not continue while there is a problem.
    await expect(heading('What happens')).toBeHidden();
    await bea.getByLabel('Item').fill('plum');
    await amount.fill('2.5');
    await bea.getByLabel('Boxes').fill('4');
    await bea.getByLabel('Last day').fill('2026-02-01');
  });

  test('choices come from the dataset, with dependent questions', async () => {
    await bea.getByLabel(/^Kind\b/).click();
    const kinds = await bea.getByRole('option').allInnerTexts();
    expect(kinds).toEqual(expect.arrayContaining(['fruit', 'vegetable']));
    await bea.getByRole('option', { name: 'vegetable' }).click();
    // The old choice does not go with the new kind, and stays in sight until another one is chosen.
    const refusal = bea.getByText(
      /^Pick can't be apple with this answer to Kind: choose/,
    );
    await expect(refusal).toBeVisible();
    await expectAccessible(bea);
    await next();
    await expect(heading('What happens')).toBeHidden();
    await bea.getByLabel(/^Pick\b/).click();
    const picks = bea.getByRole('option', { disabled: false });
    await expect(picks).toHaveText(['None', 'carrot', 'leek']);
    await bea.getByRole('option', { name: 'carrot' }).click();
    await expect(refusal).toBeHidden();
    await bea.getByRole('checkbox', { name: 'vegetable' }).check();
    await expect(bea.getByRole('spinbutton', { name: 'Weight' })).toBeHidden();
    await bea.getByLabel('Method').click();
    await bea.getByRole('option', { name: 'weighted' }).click();
    await bea.getByRole('spinbutton', { name: 'Weight' }).fill('0');
    await expect(bea.getByText('Weight must be more than 0')).toBeVisible();
    await bea.getByRole('spinbutton', { name: 'Weight' }).fill('7');
  });

  test('answers survive back and forward, and leaving the page', async () => {
    await expect(bea.getByLabel('Alarm below')).toHaveValue('5');
    await bea.getByLabel('Alarm below').fill('8');
    await next();
    await expect(heading('What happens')).toBeVisible();
    await bea.getByRole('button', { name: 'Back' }).click();
    await expect(bea.getByRole('spinbutton', { name: 'Weight' })).toHaveValue(
      '7',
    );
    // The answers are in the address a moment later.
    await expect(bea).toHaveURL(/%22limit%22%3A8/);
    const left = bea.url();
    await bea.goto('/catalog');
    await bea.goto(left);
    await expect(bea.getByRole('textbox', { name: 'Name' })).toHaveValue(
      'every-field',
    );
    await expect(bea.getByRole('spinbutton', { name: 'Weight' })).toHaveValue(
      '7',
    );
    await expect(bea.getByLabel('Boxes')).toHaveValue('4');
    await expect(bea.getByLabel('Last day')).toHaveValue('2026-02-01');
    await expect(bea.getByLabel('Alarm below')).toHaveValue('8');
    await expectAccessible(bea);
  });

  test('the checks show all objects that will be created', async () => {
    await next();
    await expect(bea.getByText(/^All checks passed/)).toBeVisible();
    await bea
      .getByRole('button', {
        name: 'App definition (YAML)',
      })
      .click();
    const page = bea.locator('body');
    await expect(page).toContainText('limit: 8');
    await expect(page).toContainText('weight: 7');
    await expect(page).toContainText('pick: carrot');
    await expect(page).toContainText('amount: 2.5');
    await expectAccessible(bea);
    expect(errors).toEqual([]);
  });
});
