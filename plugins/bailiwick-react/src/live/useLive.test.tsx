import { TestApiProvider } from '@backstage/test-utils';
import {
  BailiwickClient,
  type WatchPath,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { bailiwickApiRef } from '../api/bailiwickApiRef';
import { useLiveList } from './useLiveList';
import { useLiveValue } from './useLiveValue';

/** The wire: each connection is answered by the next of the given answers, then by silence. */
function startWire() {
  const connections: {
    url: string;
    signal: AbortSignal;
    headers: Record<string, string>;
    send(text: string): void;
    end(): void;
  }[] = [];
  const refusals: Response[] = [];
  const encoder = new TextEncoder();
  const fetch = async (url: string, { headers, signal }: RequestInit) => {
    const refusal = refusals.shift();
    if (refusal) return refusal;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        connections.push({
          url,
          signal: signal!,
          headers: headers as Record<string, string>,
          send: text => controller.enqueue(encoder.encode(text)),
          end: () => controller.close(),
        });
        signal!.addEventListener('abort', () =>
          controller.error(signal!.reason),
        );
      },
    });
    return new Response(body);
  };
  const client = new BailiwickClient({
    discoveryApi: { getBaseUrl: async () => '' },
    fetchApi: { fetch: fetch as typeof globalThis.fetch },
  });
  const wrapper = ({ children }: PropsWithChildren) => (
    <TestApiProvider apis={[[bailiwickApiRef, client]]}>
      {children}
    </TestApiProvider>
  );
  return { connections, refusals, wrapper };
}

const event = (message: unknown) => `data: ${JSON.stringify(message)}\n\n`;
const item = (name: string, title = '', namespace?: string) => ({
  metadata: { name, namespace },
  title,
});

describe('useLiveValue', () => {
  let wire: ReturnType<typeof startWire>;
  beforeEach(() => {
    jest.useFakeTimers();
    wire = startWire();
  });
  afterEach(() => jest.useRealTimers());

  const render = (path: WatchPath | undefined = '/thing') =>
    renderHook(({ at }: { at?: WatchPath }) => useLiveValue<number>(at), {
      wrapper: wire.wrapper,
      initialProps: { at: path },
    });
  const settle = (ms = 0) => act(() => jest.advanceTimersByTimeAsync(ms));

  it('disconnects while the page is hidden, and keeps the value', async () => {
    const visibility = jest.spyOn(document, 'visibilityState', 'get');
    const show = (state: DocumentVisibilityState) =>
      act(async () => {
        visibility.mockReturnValue(state);
        document.dispatchEvent(new Event('visibilitychange'));
      });
    const { result } = render();
    await settle();
    wire.connections[0].send(event(1));
    await settle();
    await show('hidden');
    expect(wire.connections[0].signal.aborted).toBe(true);
    expect(result.current.value).toBe(1);

    await show('visible');
    await settle();
    expect(wire.connections).toHaveLength(2);
    wire.connections[1].send(event(2));
    await settle();
    expect(result.current.value).toBe(2);
    visibility.mockRestore();
  });

  it('resumes after the last message with an ID', async () => {
    const { rerender } = render();
    await settle();
    expect(wire.connections[0].headers).not.toHaveProperty('Last-Event-ID');
    wire.connections[0].send(`id: a.1\n${event(1)}id: a.2\n${event(2)}`);
    await settle();
    wire.connections[0].end();
    await settle(500);
    expect(wire.connections[1].headers).toMatchObject({
      'Last-Event-ID': 'a.2',
    });
    rerender({ at: '/other' });
    await settle();
    expect(wire.connections[2].headers).not.toHaveProperty('Last-Event-ID');
  });

  it('is nothing until the server speaks, then follows it', async () => {
    const { result } = render();
    await settle();
    expect(result.current).toMatchObject({ value: undefined, isLive: false });
    wire.connections[0].send(event(1));
    await settle();
    expect(result.current).toMatchObject({ value: 1, isLive: true });
    wire.connections[0].send(event(2));
    await settle();
    expect(result.current.value).toBe(2);
    expect(wire.connections[0].url).toBe('/thing?watch=true');
  });

  it('puts messages together that arrive in pieces', async () => {
    const { result } = render();
    await settle();
    const [first, rest] = [event(12345).slice(0, 8), event(12345).slice(8)];
    wire.connections[0].send(first);
    await settle();
    expect(result.current.value).toBeUndefined();
    wire.connections[0].send(rest);
    await settle();
    expect(result.current.value).toBe(12345);
  });

  it('is not live while the portal has lost the cluster, and is again by itself', async () => {
    const { result } = render();
    await settle();
    wire.connections[0].send(event(1));
    const staleness = {
      who: 'cluster' as const,
      since: '2026-11-20T08:00:00Z',
      age: 12,
      why: 'Away.',
    };
    wire.connections[0].send(`event: staleness\n${event(staleness)}`);
    await settle();
    expect(result.current).toMatchObject({
      value: 1,
      isLive: false,
      lost: { who: 'cluster', at: Date.now() - 12_000, why: 'Away.' },
    });
    wire.connections[0].send(event(2));
    await settle();
    expect(result.current).toMatchObject({ value: 2, isLive: false });
    wire.connections[0].send(`event: staleness\n${event(null)}`);
    await settle();
    expect(result.current).toMatchObject({ value: 2, isLive: true });
  });

  it('keeps the value over a break and connects again', async () => {
    const { result } = render();
    await settle();
    wire.connections[0].send(event(1));
    await settle();
    wire.connections[0].end();
    await settle();
    expect(result.current).toMatchObject({ value: 1, isLive: false });
    expect(result.current.error?.message).toMatch(/closed the connection/);

    await settle(500);
    expect(wire.connections).toHaveLength(2);
    wire.connections[1].send(event(2));
    await settle();
    expect(result.current).toMatchObject({
      value: 2,
      isLive: true,
      error: undefined,
    });
  });

  it('waits longer and longer for a server that is down', async () => {
    wire.refusals.push(
      ...[1, 2, 3].map(() => new Response('{}', { status: 503 })),
    );
    render();
    await settle();
    await settle(499);
    expect(wire.refusals).toHaveLength(2);
    await settle(1);
    expect(wire.refusals).toHaveLength(1);
    await settle(999);
    expect(wire.refusals).toHaveLength(1);
    await settle(1);
    expect(wire.refusals).toHaveLength(0);
    await settle(2_000);
    expect(wire.connections).toHaveLength(1);
  });

  it('treats a refusal as final', async () => {
    const body = JSON.stringify({ error: { message: 'not for you' } });
    wire.refusals.push(new Response(body, { status: 403 }));
    const { result } = render();
    await settle();
    expect(result.current.error?.message).toBe('not for you');
    await settle(60_000);
    expect(wire.connections).toHaveLength(0);
  });

  it.each([401, 404, 429])(
    'tries again, and slower each time, after a refusal with %d',
    async status => {
      const refuse = () => new Response('{}', { status });
      wire.refusals.push(...[1, 2, 3, 4, 5].map(refuse));
      const { result } = render();
      await settle();
      expect(result.current.error).toBeDefined();
      let left = 4;
      for (const pauseMs of [10_000, 20_000, 40_000, 60_000]) {
        await settle(pauseMs - 1);
        expect(wire.refusals).toHaveLength(left);
        left -= 1;
        await settle(1);
        expect(wire.refusals).toHaveLength(left);
      }
      await settle(60_000);
      wire.connections[0].send(event(1));
      await settle();
      expect(result.current).toMatchObject({ value: 1, isLive: true });
    },
  );

  it('treats a silent connection as dead', async () => {
    const { result } = render();
    await settle();
    wire.connections[0].send(event(1));
    await settle(20_000);
    wire.connections[0].send(': alive\n\n');
    await settle(20_000);
    expect(result.current.isLive).toBe(true);
    await settle(5_000);
    expect(result.current).toMatchObject({ value: 1, isLive: false });
    await settle(500);
    expect(wire.connections).toHaveLength(2);
  });

  it('leaves the server when it is no longer shown', async () => {
    const { unmount } = render();
    await settle();
    unmount();
    expect(wire.connections[0].signal.aborted).toBe(true);
    await settle(60_000);
    expect(wire.connections).toHaveLength(1);
  });

  it('forgets the old value when it follows something else', async () => {
    const { rerender, result } = render();
    await settle();
    wire.connections[0].send(event(1));
    await settle();
    rerender({ at: '/other' });
    await settle();
    expect(result.current.value).toBeUndefined();
    expect(wire.connections[0].signal.aborted).toBe(true);
    expect(wire.connections[1].url).toBe('/other?watch=true');
  });

  it('shares a connection among all followers, until the last one leaves', async () => {
    const first = render();
    const second = render();
    await settle();
    expect(wire.connections).toHaveLength(1);
    wire.connections[0].send(event(1));
    await settle();
    const third = render();
    for (const { result } of [first, second, third])
      expect(result.current).toMatchObject({ value: 1, isLive: true });
    first.unmount();
    second.unmount();
    expect(wire.connections[0].signal.aborted).toBe(false);
    third.unmount();
    expect(wire.connections[0].signal.aborted).toBe(true);
    expect(wire.connections).toHaveLength(1);
    expect(render().result.current.value).toBeUndefined();
  });

  it('retries after a final refusal for a new follower', async () => {
    const body = JSON.stringify({ error: { message: 'not for you' } });
    wire.refusals.push(new Response(body, { status: 403 }));
    const first = render();
    await settle();
    expect(first.result.current.error?.message).toBe('not for you');
    render();
    await settle();
    wire.connections[0].send(event(1));
    await settle();
    expect(first.result.current).toMatchObject({ value: 1, error: undefined });
  });

  it('follows nothing when there is nothing to follow', async () => {
    renderHook(() => useLiveValue(undefined), { wrapper: wire.wrapper });
    await settle(60_000);
    expect(wire.connections).toHaveLength(0);
  });
});

describe('useLiveList', () => {
  it('keeps the positions of rows during changes, additions and removals', async () => {
    const wire = startWire();
    const { result } = renderHook(
      () => useLiveList<ReturnType<typeof item>>('/things'),
      { wrapper: wire.wrapper },
    );
    const tell = async (message: unknown, titles: string[]) => {
      await waitFor(() => expect(wire.connections).toHaveLength(1));
      wire.connections[0].send(event(message));
      await waitFor(() =>
        expect(result.current.value?.map(({ title }) => title)).toEqual(titles),
      );
    };
    const [a, b] = [item('a', 'A', 'x'), item('a', 'B', 'y')];
    await tell({ type: 'snapshot', items: [a, b] }, ['A', 'B']);
    await tell({ type: 'changed', item: item('a', 'A2', 'x') }, ['A2', 'B']);
    await tell({ type: 'changed', item: item('c', 'C') }, ['A2', 'B', 'C']);
    await tell({ type: 'removed', id: 'x/a' }, ['B', 'C']);
    await tell({ type: 'snapshot', items: [a] }, ['A']);
  });
});
