import { BailiwickClient } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { TerminalLine } from './TerminalLine';

const place = {
  tenant: 'desk',
  app: 'feed',
  environment: 'dev',
  pod: 'feed-1',
};
const path = '/tenants/desk/apps/feed/environments/dev/pods/feed-1/terminals';
const size = { columns: 80, rows: 24 };
const encoded = (text: string) => btoa(text);

/** A terminal at the wire, which plays a script and records its input. */
class FakeTerminal {
  readonly typed: string[] = [];
  readonly sizes: object[] = [];
  #reader!: ReadableStreamDefaultController<Uint8Array>;
  #answers: (() => void)[] = [];

  readonly client = new BailiwickClient({
    discoveryApi: { getBaseUrl: async () => '' },
    fetchApi: {
      fetch: ((url: string, init: RequestInit) =>
        this.#answer(url, init)) as typeof fetch,
    },
  });

  say(text: string): void {
    this.#reader.enqueue(new TextEncoder().encode(text));
  }

  tell(message: object): void {
    this.say(`data: ${JSON.stringify(message)}\n\n`);
  }

  end(): void {
    this.#reader.close();
  }

  /** Answers the input that waits. */
  answer(): void {
    this.#answers.shift()?.();
  }

  async #answer(url: string, { body }: RequestInit): Promise<Response> {
    const sent = JSON.parse(String(body));
    if (url === path) {
      const stream = new ReadableStream<Uint8Array>({
        start: reader => {
          this.#reader = reader;
        },
      });
      return new Response(stream);
    }
    if (url.endsWith('/size')) this.sizes.push(sent);
    else {
      this.typed.push(sent.text);
      await new Promise<void>(resolve => {
        this.#answers.push(resolve);
      });
    }
    return new Response(null, { status: 204 });
  }
}

describe('TerminalLine', () => {
  let terminal: FakeTerminal;
  let line: TerminalLine;
  let shown: string[];
  const listener = {
    onShell: (shell: string) => shown.push(`runs ${shell}`),
    onOutput: async (bytes: Uint8Array) => {
      shown.push(new TextDecoder().decode(bytes));
    },
  };
  const settle = () =>
    new Promise(resolve => {
      setTimeout(resolve, 20);
    });

  beforeEach(() => {
    shown = [];
    terminal = new FakeTerminal();
    line = new TerminalLine(terminal.client.inEnvironment(place), 'feed-1');
  });

  it('shows output in order, also in pieces, and the reason of the end', async () => {
    const ended = line.run(size, listener);
    await settle();
    terminal.tell({ type: 'open', session: 's1', shell: '/bin/sh' });
    terminal.say(': alive\n\ndata: {"type":"out');
    terminal.say(`put","bytes":"${encoded('one')}"}\n\n`);
    terminal.tell({ type: 'output', bytes: encoded('two') });
    terminal.tell({ type: 'end', why: 'The program ended.' });
    expect(await ended).toBe('The program ended.');
    expect(shown).toEqual(['runs /bin/sh', 'one', 'two']);
  });

  it('sends input in order, including early input once it is open', async () => {
    line.type('early');
    const ended = line.run(size, listener);
    await settle();
    line.resize(size);
    terminal.tell({ type: 'open', session: 's1', shell: '/bin/sh' });
    await settle();
    line.type('a');
    line.type('b');
    await settle();
    expect(terminal.typed).toEqual(['early']);
    terminal.answer();
    await settle();
    expect(terminal.typed).toEqual(['early', 'ab']);
    expect(terminal.sizes).toEqual([]);
    line.resize({ columns: 100, rows: 30 });
    await settle();
    expect(terminal.sizes).toEqual([{ columns: 100, rows: 30 }]);
    terminal.end();
    expect(await ended).toBe('The portal closed the connection.');
  });
});
