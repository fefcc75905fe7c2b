import { demoApp, demoTenant } from '../../demo/playMainPath';
import { PageVisitor } from '../pages/PageVisitor';

/** Milliseconds from the click on _Try_ until the table is visible, of each try in a browser. */
export async function tryInBrowser(
  portal: string,
  rounds: number,
): Promise<number[]> {
  const visitor = await PageVisitor.launch(portal);
  try {
    const context = await visitor.newContext('Bea');
    const page = await context.newPage();
    await page.goto(
      `${portal}/catalog/${demoTenant}/component/${demoApp}/code`,
    );
    const button = page.getByRole('button', { name: 'Try prices' });
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await button.waitFor();
      times.push(await page.evaluate(clickAndWait));
    }
    return times;
  } finally {
    await visitor.close();
  }
}

/** Runs in the browser: waits for the next frame with another table than before. */
function clickAndWait(): Promise<number> {
  const find = () =>
    [...document.querySelectorAll('main table')].find(one =>
      one.closest('section, article, div')?.checkVisibility(),
    );
  const before = find();
  // Marks the rows that a new result replaces.
  before?.querySelectorAll('td').forEach(cell => cell.setAttribute('old', ''));
  const button = [...document.querySelectorAll('button')].find(
    ({ textContent }) => textContent === 'Try prices',
  )!;
  const begun = performance.now();
  button.click();
  return new Promise(resolve => {
    const look = () => {
      const isRunning = [...document.querySelectorAll('button')].some(
        ({ textContent }) => textContent === 'Running…',
      );
      const cell = find()?.querySelector('tbody td');
      if (!isRunning && cell && performance.now() - begun > 1)
        resolve(performance.now() - begun);
      else requestAnimationFrame(look);
    };
    // React shows that it runs before the next frame.
    requestAnimationFrame(() => requestAnimationFrame(look));
  });
}
