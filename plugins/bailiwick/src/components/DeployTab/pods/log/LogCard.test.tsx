import type { LogLine } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
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

function Address() {
  return <output data-testid="address">{useLocation().search}</output>;
}

describe('LogCard', () => {
  let portal: FakePortal;
  const start = (...lines: LogLine[]) =>
    portal.streams(all, { type: 'start', lines, notes: [] });
  beforeEach(() => {
    portal = new FakePortal();
  });

  const show = (pods = [one], at = '/') =>
    renderPage(
      <>
        <LogCard app={anApp()} environment="dev" pods={pods} />
        <Address />
      </>,
      portal,
      at,
    );
  const log = () => screen.getByRole('log');
  const toggle = (name: string) =>
    userEvent.click(screen.getByRole('checkbox', { name }));

  it('merges all pods, with the pod of each line, and starts and ends of pods', async () => {
    start(line('first', 'prices-x-aaaaa'), line('second', 'prices-x-bbbbb'));
    await show();
    expect(await screen.findByText('second')).toBeVisible();
    expect(within(log()).getByText('aaaaa')).toBeVisible();
    expect(within(log()).getByTitle('prices-x-bbbbb')).toBeVisible();
    portal.send(all, {
      type: 'pods',
      came: ['prices-x-ccccc'],
      went: ['prices-x-aaaaa'],
      notes: [],
    });
    expect(
      await screen.findByText(
        /Pod prices-x-aaaaa was deleted. Pod prices-x-ccccc started./,
      ),
    ).toBeVisible();
  });

  it('draws only the visible ones of five thousand lines', async () => {
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
    await userEvent.click(screen.getByRole('button', { name: 'Next match' }));
    expect(screen.getByText('1 of 2 lines')).toBeVisible();
    await userEvent.type(search, 'x');
    expect(screen.getByText('No matches')).toBeVisible();
  });

  it('scrolls to a hit once, and not with each new line', async () => {
    const lines = Array.from({ length: 5_000 }, (_, at) => line(`line ${at}`));
    start(...lines);
    await show();
    await screen.findByText('line 4999');
    const box = log();
    Object.defineProperty(box, 'scrollHeight', { value: 5_000 * 20 });
    Object.defineProperty(box, 'clientHeight', { value: 22 * 20 });
    fireEvent.change(screen.getByLabelText('Search in the log'), {
      target: { value: 'line 200' },
    });
    expect(screen.getByText('1 of 11 lines')).toBeVisible();
    expect(box.scrollTop).toBe((200 - 11) * 20);

    box.scrollTop = 60_000;
    fireEvent.scroll(box);
    portal.send(all, { type: 'lines', lines: lines.slice(0, 10) });
    await waitFor(() => expect(box.scrollTop).toBe(60_000 - 10 * 20));
    expect(screen.getByText('1 of 11 lines')).toBeVisible();

    portal.send(all, { type: 'lines', lines: lines.slice(0, 200) });
    await screen.findByText('10 lines match');
    expect(box.scrollTop).toBe(60_000 - 210 * 20);
    await userEvent.click(screen.getByRole('button', { name: 'Next match' }));
    expect(screen.getByText('1 of 10 lines')).toBeVisible();
    expect(box.scrollTop).toBe((2_000 - 210 - 11) * 20);
  });

  it('reports a broken connection, and keeps the lines', async () => {
    start(line('now'));
    await show();
    await screen.findByText('now');
    expect(screen.getByText('Live')).toBeVisible();
    portal.answers(`GET ${all}&watch=true`, 'starting', 503);
    portal.cut(all);
    expect(await screen.findByText(/^Not live/)).toBeVisible();
    expect(screen.getByText('now')).toBeVisible();
    expect(screen.queryByText(/cannot be read/)).toBeNull();
  });

  it('keeps the selected log and the search in the address', async () => {
    const sidecar = { ...one.containers[0], name: 'proxy' };
    const pods = [
      { ...one, restarts: 1, containers: [...one.containers, sidecar] },
    ];
    const asked =
      `${base}?tail=100&pod=${one.name}&container=proxy&since=3600` as const;
    portal
      .streams(asked, { type: 'start', lines: [line('slow')], notes: [] })
      .answers(`GET ${asked}&previous=true`, {
        lines: [line('slower')],
        notes: [],
      });
    await show(
      pods,
      `/?pod=${one.name}&container=proxy&tail=100&since=3600&search=low`,
    );
    expect(await screen.findByText('1 line matches')).toBeVisible();
    expect(screen.getByText(`Log of ${one.name}`)).toBeVisible();
    await toggle('Previous container');
    await userEvent.type(screen.getByLabelText('Search in the log'), 'e');
    await screen.findByText('1 of 1 lines');
    const { textContent } = screen.getByTestId('address');
    expect(Object.fromEntries(new URLSearchParams(textContent!))).toEqual({
      show: 'logs',
      environment: 'dev',
      pod: one.name,
      container: 'proxy',
      previous: 'yes',
      tail: '100',
      since: '3600',
      search: 'lowe',
    });
  });

  it('reads the default part of a log if the address is invalid', async () => {
    start(line('now'));
    await show([one], '/?tail=1e9&since=-1');
    expect(await screen.findByText('now')).toBeVisible();
  });

  it('shows hostile output as text, and formats JSON on request', async () => {
    const markup = '<img src=x onerror="document.title=1">';
    start(line(markup), line('{"level":"warn","msg":"slow","ms":12}'));
    await show();
    expect(await screen.findByText(markup)).toBeVisible();
    expect(log().querySelector('img')).toBeNull();
    expect(screen.getByText('WARN slow ms=12')).toBeVisible();
    await toggle('Format JSON');
    expect(screen.getByText(/"ms":12/)).toBeVisible();
    await toggle('Timestamps');
    expect(within(log()).getAllByTitle('2026-11-20T08:00:00Z')).toHaveLength(2);
  });

  it('reads a log once if it is not followed, or of a previous run', async () => {
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
    await toggle('Previous container');
    expect(await screen.findByText('before')).toBeVisible();
    expect(screen.getByRole('checkbox', { name: 'Follow' })).toBeDisabled();
  });

  it('reads the log of the previous container again while it is empty', async () => {
    start(line('now'));
    const note = 'previous terminated container not found';
    const asked = `GET ${all}&previous=true` as const;
    portal.answers(asked, { lines: [], notes: [note] });
    await show([{ ...one, restarts: 1 }]);
    await screen.findByText('now');
    await toggle('Previous container');
    const why = `No log lines from the previous container. ${note}`;
    expect(await screen.findByText(why)).toBeVisible();
    portal.answers(asked, { lines: [line('before')], notes: [] });
    expect(
      await screen.findByText('before', {}, { timeout: 5_000 }),
    ).toBeVisible();
    expect(screen.queryByText(why)).toBeNull();
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
    expect(screen.getByText('Loading the log…')).toBeVisible();
    expect(screen.queryByText('of all')).toBeNull();
    answer();
    expect(await screen.findByText('of few')).toBeVisible();
  });

  it('reports that there is no previous run', async () => {
    start();
    await show();
    expect(await screen.findByText('No log lines yet.')).toBeVisible();
    expect(
      screen.getByRole('checkbox', { name: 'Previous container (none)' }),
    ).toBeDisabled();
  });

  it('saves the portal’s lines as a file', async () => {
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
