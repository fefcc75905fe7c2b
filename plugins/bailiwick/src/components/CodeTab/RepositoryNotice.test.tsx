import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aDeployment, anApp } from '../../__fixtures__/views';
import { renderPage } from '../../__testUtils__/renderPage';
import { aPortalWithFile, path, tab } from './__testUtils__/codeTab';

const commit = '1'.repeat(40);
const cloneUrl = 'https://git.example.com/platform/rates-desk.feed.git';

const host = {
  host: 'git.example.com',
  website: 'https://git.example.com/platform/rates-desk.feed',
  fetchedAt: '2026-01-31T12:04:00Z',
  deployer: 'user:default/bea',
  warnings: [] as string[],
};

describe('RepositoryNotice', () => {
  async function show(repository: object, canBuild = true) {
    const app = anApp({ canBuild, hasMirror: true });
    app.spec.source.repository = cloneUrl;
    const portal = aPortalWithFile(commit)
      .streams(path, aDeployment({ app }))
      .answers(`GET ${path}/repository`, {
        name: 'rates-desk/feed',
        cloneUrl,
        commit,
        host,
        ...repository,
      });
    await renderPage(tab, portal);
    return portal;
  }

  it('links to the repository, above the editor', async () => {
    await show({});
    expect(
      await screen.findByRole('link', { name: /git\.example\.com/ }),
    ).toHaveAttribute('href', host.website);
    expect(
      await screen.findByRole('textbox', { name: 'functions.py' }),
    ).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('shows problems and files that pods do not get', async () => {
    const problem = "Can't reach git.example.com: no response. Try again later";
    const warnings = ['Files in Git LFS are not fetched.'];
    await show({ host: { ...host, problem, warnings } });
    const [first, second] = await screen.findAllByRole('alert');
    expect(first).toHaveTextContent(`${problem}. This page shows the code of`);
    expect(second).toHaveTextContent(warnings[0]);
  });

  it('lets a builder take over the deployment of pushes', async () => {
    const portal = await show({ waiting: 'Ada has left' });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The newest commit is not deployed. Ada has left.',
    );
    portal
      .answers(`POST ${path}/repository/deployer`, {})
      .answers(`GET ${path}/repository`, { cloneUrl, commit, host });
    await userEvent.click(
      screen.getByRole('button', { name: 'Deploy pushes as me' }),
    );
    expect(await screen.findByText(/^Pushes|deployed with/)).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('offers this to builders only', async () => {
    await show({ waiting: 'Ada has left' }, false);
    await screen.findByRole('alert');
    expect(screen.queryByText('Deploy pushes as me')).not.toBeInTheDocument();
  });
});
