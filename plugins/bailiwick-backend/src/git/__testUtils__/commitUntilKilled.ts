// Commits to a repository again and again, and prints each commit, until it is killed.
import { GitHost } from '../GitHost';
import { RepositoryFiles } from '../RepositoryFiles';

const [directory, tenant, tenantUid, name] = process.argv.slice(2);
const repository = { tenant, tenantUid, name };
const host = new GitHost({ directory });
const files = new RepositoryFiles(host);
let base = await host.head(repository);
for (let count = 0; ; count += 1) {
  base = await files.commit(repository, {
    base,
    message: `Change ${count}`,
    files: [{ path: 'functions.py', content: `x = "${base}"\n` }],
    author: { name: 'bea', email: 'bea@example.com' },
    pusher: 'user:default/bea',
  });
  process.stdout.write(`${base}\n`);
}
