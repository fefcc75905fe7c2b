import Fastify from 'fastify';

// A bare Fastify server with the same results, for comparison.

/** The rows of the function `table`. */
function rowsOf(count: number): object[] {
  const day = 86_400_000;
  return Array.from({ length: count }, (_, number) => ({
    id: number,
    name: `name ${number}`,
    region: `region ${number % 17}`,
    day: new Date(Date.UTC(2020, 0, 1) + (number % 2_000) * day)
      .toISOString()
      .slice(0, 10),
    at: new Date(Date.UTC(2026, 0, 1) + number * 1_000).toISOString(),
    is_open: number % 3 === 0,
    price: number / 7,
    ratio: number % 11 === 0 ? null : (number % 100) / 100,
    volume: number * 1_000,
    note: 'a text of some length, as comments have',
  }));
}

const rows = new Map<number, object[]>();
const server = Fastify();
server.get('/table', async ({ query }) => {
  const count = Number((query as { count: string }).count);
  if (!rows.has(count)) rows.set(count, rowsOf(count));
  return { rows: rows.get(count), count };
});
const address = await server.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ root: `${address}/` })}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => server.close());
