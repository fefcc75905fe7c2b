import type { LogLine } from '@bailiwick/backstage-plugin-bailiwick-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakePortal } from '../../../../__fixtures__/FakePortal';
import { aDeployment, anApp } from '../../../../__fixtures__/views';
import { renderPage } from '../../../../__testUtils__/renderPage';
import { LogCard } from './LogCard';

const base = '/tenants/rates-desk/apps/month-end-prices/environments/dev/log';
const all = `${base}?tail=500` as const;
const [one] = aDeployment().pods;

function line(text: string, pod = one.name): LogLine {
  return { pod, container: 'app', at: '2026-11-20T08:00:00Z', text };
}

describe('LogCard', () => {
  let portal: FakePortal;
  const start = (...lines: LogLine[]) =>
    portal.streams(all, { type: 'start', lines, notes: [] });
  beforeEach(() => {
    portal = new FakePortal();
  });

  const show = (pods = [one]) =>
    renderPage(
      <LogCard
        app={anApp()}
        environment="dev"
        pods={pods}
        onPlace={() => {}}
      />,
      portal,
    );
  const log = () => screen.getByRole('log');
  const toggle = (name: string) =>
    userEvent.click(screen.getByRole('checkbox', { name }));

  it('shows all pods as one, with the pod of each line, and who came and went', async () => {
    start(line('first', 'prices-x-aaaaa'), line('second', 'prices-x-bbbbb'));
    await show();
    expect(await screen.findByText('second')).toBeVisible();
    expect(within(log()).getByText('aaaaa')).toBeVisible();
    expect(within(log()).getByTitle('prices-x-bbbbb')).toBeVisible();
    portal.send(all, {
      type: 'pods',
      came: ['prices-x-ccccc'],
      went: ['prices-x-aaaaa'],
    });
    expect(
      await screen.findByText(/prices-x-aaaaa is gone. prices-x-ccccc came./),
    ).toBeVisible();
  });

  it('draws no more than what shows of five thousand lines', async () => {
    const lines = Array.from({ length: 5_000 }, (_, at) => line(`line ${at}`));
    start(...lines);
    await show();
    expect(await screen.findByText('line 4999')).toBeVisible();
    expect(within(log()).queryByText('line 0')).toBeNull();
    expect(log().querySelectorAll('[class*="line"]').length).toBeLessThan(80);
  });

  it('finds lines and goes from one to the next', async () => {
    start(line('an Error'), line('nothing'), line('error again'));
    await show();
    await screen.findByText('nothing');
    const search = screen.getByLabelText('Search in the log');
    await userEvent.type(search, 'error');
    expect(screen.getByText('1 of 2 lines')).toBeVisible();
    expect(log().querySelectorAll('mark')).toHaveLength(2);
    await userEvent.type(search, '{Enter}');
    expect(screen.getByText('2 of 2 lines')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Next line that has it' }),
    );
    expect(screen.getByText('1 of 2 lines')).toBeVisible();
    await userEvent.type(search, 'x');
    expect(screen.getByText('No line has it')).toBeVisible();
  });

  it('shows what is hostile as text, and JSON in words when that is wanted', async () => {
    const markup = '<img src=x onerror="document.title=1">';
    start(line(markup), line('{"level":"warn","msg":"slow","ms":12}'));
    await show();
    expect(await screen.findByText(markup)).toBeVisible();
    expect(log().querySelector('img')).toBeNull();
    expect(screen.getByText('WARN slow ms=12')).toBeVisible();
    await toggle('JSON in words');
    expect(screen.getByText(/"ms":12/)).toBeVisible();
    await toggle('Times');
    expect(within(log()).getAllByTitle('2026-11-20T08:00:00Z')).toHaveLength(2);
  });

  it('reads once what is not followed, or was before', async () => {
    start(line('now'));
    const restarted = { ...one, restarts: 2 };
    portal
      .answers(`GET ${all}`, { lines: [line('once')], notes: ['Half of it.'] })
      .answers(`GET ${all}&previous=true`, {
        lines: [line('before')],
        notes: [],
      });
    await show([restarted]);
    await screen.findByText('now');
    await toggle('Follow');
    expect(await screen.findByText('once')).toBeVisible();
    expect(screen.getByText('1 line. Half of it.')).toBeVisible();
    await toggle('Run before');
    expect(await screen.findByText('before')).toBeVisible();
    expect(screen.getByRole('checkbox', { name: 'Follow' })).toBeDisabled();
  });

  it('shows no line of another log while one is read', async () => {
    start(line('now'));
    portal
      .answers(`GET ${all}`, { lines: [line('of all')], notes: [] })
      .answers(`GET ${base}?tail=100`, { lines: [line('of few')], notes: [] });
    const answer = portal.holds(`GET ${base}?tail=100`);
    await show();
    await toggle('Follow');
    await screen.findByText('of all');
    await userEvent.click(screen.getByLabelText('Lines'));
    await userEvent.click(
      screen.getByRole('option', { name: 'Last 100 lines' }),
    );
    expect(screen.getByText('Reading the log …')).toBeVisible();
    expect(screen.queryByText('of all')).toBeNull();
    answer();
    expect(await screen.findByText('of few')).toBeVisible();
  });

  it('says that there is no run before', async () => {
    start();
    await show();
    expect(await screen.findByText('Nothing was logged yet.')).toBeVisible();
    expect(
      screen.getByRole('checkbox', { name: 'Run before (there is none)' }),
    ).toBeDisabled();
  });

  it('saves as a file what the portal has', async () => {
    const saved: Blob[] = [];
    URL.createObjectURL = content => {
      saved.push(content as Blob);
      return 'blob:log';
    };
    URL.revokeObjectURL = () => {};
    start(line('shown'));
    portal.answers(`GET ${base}?tail=5000`, {
      lines: [line('all')],
      notes: [],
    });
    await show();
    await screen.findByText('shown');
    await userEvent.click(screen.getByRole('button', { name: 'Download' }));
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(saved[0].size).toBe(
      `2026-11-20T08:00:00Z ${one.name}/app all\n`.length,
    );
  });
});
