import { execFileSync } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { pack, type Header } from 'tar-stream';
import { PackError } from '../problem/Problem';
import { archiveFiles } from './archiveFiles';
import { unpackArchive } from './unpackArchive';

type Entry = [Partial<Header> & { name: string }, string | Buffer];

async function archiveOf(...entries: Entry[]): Promise<Buffer> {
  const archive = pack();
  for (const [header, content] of entries) archive.entry(header, content);
  archive.finalize();
  return gzipSync(await buffer(archive));
}

const file = (name: string, content: string | Buffer = 'x'): Entry => [
  { name },
  content,
];

describe('archiveFiles', () => {
  const long = `${'a'.repeat(99)}/${'b'.repeat(99)}/${'c'.repeat(90)}.csv`;
  const files = new Map([
    ['pack.yaml', 'title: Größe\n'],
    ['data/b.csv', ''],
    [long, 'x'.repeat(200_000)],
    ['data/a.csv', 'a\n1\n'],
  ]);

  it('is undone by unpackArchive', async () => {
    const unpacked = await unpackArchive('a', await archiveFiles(files));
    expect(unpacked).toEqual(files);
    expect([...unpacked.keys()]).toEqual([
      long,
      'data/a.csv',
      'data/b.csv',
      'pack.yaml',
    ]);
  });

  it('depends on nothing but paths and contents', async () => {
    const reversed = new Map([...files].reverse());
    expect(await archiveFiles(reversed)).toEqual(await archiveFiles(files));
    const tar = gunzipSync(await archiveFiles(new Map([['a', 'b']])));
    const field = (at: number, length: number) =>
      tar
        .toString('latin1', at, at + length)
        .replace(/\0/g, '')
        .trim();
    // Offsets of ustar (POSIX.1-2017): mode, uid, gid, mtime, uname, gname.
    expect(field(100, 8)).toBe('000644');
    for (const at of [108, 116]) expect(Number(field(at, 8))).toBe(0);
    expect(Number(field(136, 12))).toBe(0);
    for (const at of [265, 297]) expect(field(at, 32)).toBe('');
  });

  it('is read by tar', async () => {
    const listed = execFileSync('tar', ['-tzf', '-'], {
      input: await archiveFiles(files),
      encoding: 'utf8',
    });
    expect(listed.split('\n')).toContain('data/a.csv');
    expect(listed.split('\n')).toContain(long);
  });
});

describe('unpackArchive', () => {
  it('accepts folders unchanged', async () => {
    const archive = await archiveOf(
      [{ name: 'data/', type: 'directory' }, ''],
      file('data/a.csv'),
    );
    expect(await unpackArchive('a', archive)).toEqual(
      new Map([['data/a.csv', 'x']]),
    );
  });

  const special = (type: Header['type'], linkname = '/etc/passwd'): Entry => [
    { name: 'data/a.csv', type, linkname },
    '',
  ];
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => file(`data/${at}.csv`));
  const outside = /has a path that is not allowed in a pack/;

  it.each<[string, () => Promise<Buffer>, RegExp]>([
    ['a path that leads out', () => archiveOf(file('../a')), outside],
    ['one that leads out later', () => archiveOf(file('a/../../b')), outside],
    ['an absolute path', () => archiveOf(file('/etc/passwd')), outside],
    ['a path of Windows', () => archiveOf(file('C:\\a')), outside],
    ['a path that climbs there', () => archiveOf(file('a\\..\\b')), outside],
    ['no name', () => archiveOf(file('a//b')), outside],
    [
      'a folder that leads out',
      () => archiveOf([{ name: '../', type: 'directory' }, '']),
      outside,
    ],
    ['a hidden file', () => archiveOf(file('.git/config')), outside],
    [
      'a path that only its extended header has',
      () => archiveOf([{ name: 'a', pax: { path: '../../b' } }, 'x']),
      outside,
    ],
    ['a symbolic link', () => archiveOf(special('symlink')), /a symlink/],
    ['a hard link', () => archiveOf(special('link')), /but a link/],
    ['a device', () => archiveOf(special('character-device')), /a character-d/],
    ['a pipe', () => archiveOf(special('fifo')), /but a fifo/],
    [
      'too many folders in each other',
      () => archiveOf(file('a/b/c/d/e/f/g/h/i/j/k')),
      /more than 10 folders deep/,
    ],
    ['too many files', () => archiveOf(...many(501)), /more than 500 files/],
    [
      'too many bytes',
      () =>
        archiveOf(
          file('a', Buffer.alloc(600_000, 'a')),
          file('b', Buffer.alloc(600_000, 'a')),
        ),
      /The archive has more than 1000000 bytes\. Use a pack built with: bailiwick pack build/,
    ],
    [
      'a bomb',
      async () => gzipSync(Buffer.alloc(200_000_000)),
      /unpacks to more than/,
    ],
    [
      'a file twice',
      () => archiveOf(file('a', 'good'), file('a', 'bad')),
      /the file a twice/,
    ],
    [
      'a file that is no text',
      () => archiveOf(file('a', Buffer.from([0xff]))),
      /not UTF-8 text/i,
    ],
    [
      'no gzip',
      async () => Buffer.from('text'),
      /Invalid gzip data: incorrect header check\. Use a pack built with: bailiwick pack build/,
    ],
    [
      'no tar',
      async () => gzipSync('text'.repeat(1000)),
      /Invalid tar archive:/,
    ],
    [
      'an end too soon',
      async () =>
        gzipSync(
          gunzipSync(await archiveOf(file('a', 'x'.repeat(5000)))).subarray(
            0,
            2048,
          ),
        ),
      /Invalid tar archive:/,
    ],
  ])('refuses %s', async (_name, make, words) => {
    const unpacking = unpackArchive('blobs/sha256/0', await make());
    await expect(unpacking).rejects.toThrow(PackError);
    await expect(unpacking).rejects.toThrow(words);
  });
});
