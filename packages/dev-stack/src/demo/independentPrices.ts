import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@bailiwick/backstage-cli';

/** A month of a share, computed here from the data file and not by the app. */
export interface ExpectedPrice {
  symbol: string;
  date: string;
  price: number;
  monthly_return: number | null;
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `Jan 1 2000`, or an ISO date, as `2000-01-01`. */
function isoDate(text: string): string {
  const [, month, day, year] = text.match(/^(\w{3}) (\d+) (\d{4})$/) ?? [];
  if (!month) return text.slice(0, 10);
  return `${year}-${String(months.indexOf(month) + 1).padStart(
    2,
    '0',
  )}-${day.padStart(2, '0')}`;
}

/** The prices of a share between two months, both included, with simple monthly returns. */
export function independentPrices(
  symbol: string,
  from: string,
  to: string,
): ExpectedPrice[] {
  const text = readFileSync(
    join(repositoryRoot, 'templates/finance/data/stocks.csv'),
    'utf8',
  );
  const rows: Record<string, string>[] = parse(text, { columns: true });
  return rows
    .filter(row => row.symbol === symbol)
    .map(row => ({ symbol, date: isoDate(row.date), price: Number(row.price) }))
    .map((row, index, all) => ({
      ...row,
      monthly_return: index === 0 ? null : row.price / all[index - 1].price - 1,
    }))
    .filter(({ date }) => date.slice(0, 7) >= from && date.slice(0, 7) <= to);
}

/** Sample standard deviation times the square root of 12. */
export function annualisedVolatility(returns: number[]): number {
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
  const squares = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (returns.length - 1)) * Math.sqrt(12);
}
