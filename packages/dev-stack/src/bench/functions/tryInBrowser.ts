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

/** Runs in the browser: clicks, and waits until a table is shown after the code ran. */
function clickAndWait(): Promise<number> {
  const find = (text: string) =>
    [...document.querySelectorAll('button')].find(
      ({ textContent }) => textContent === text,
    );
  const begun = performance.now();
  find('Try prices')!.click();
  return new Promise(resolve => {
    let hasRun = false;
    const look = () => {
      const isRunning = find('Running…') !== undefined;
      hasRun ||= isRunning;
      if (hasRun && !isRunning && document.querySelector('main tbody td'))
        resolve(performance.now() - begun);
      else requestAnimationFrame(look);
    };
    look();
  });
}
