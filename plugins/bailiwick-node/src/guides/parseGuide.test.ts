import { parseGuide } from './parseGuide';
import { plainText, summaryOf } from './plainText';

const parse = (source: string) =>
  parseGuide({ path: 'guide/feeds.md', section: 'Feeds', source });

describe('parseGuide', () => {
  it('takes the title and the summary from the beginning', () => {
    expect(
      parse('# Feeds\n\nFor readers. How to read feeds. More.\n'),
    ).toMatchObject({
      name: 'feeds',
      path: 'guide/feeds.md',
      section: 'Feeds',
      title: 'Feeds',
      summary: 'For readers. How to read feeds.',
    });
  });

  it('splits at headings, and not at comments of code', () => {
    const { parts } = parse(
      '# Feeds\n\nIntro.\n\n## `GET` and more\n\n```sh\n# no heading\n```\n\n### Deep\n\n- One\n',
    );
    expect(parts).toMatchObject([
      { anchor: '', level: 1, title: 'Feeds' },
      { anchor: 'get-and-more', level: 2, title: 'GET and more' },
      { anchor: 'deep', level: 3, title: 'Deep' },
    ]);
    expect(parts.map(({ markdown }) => markdown.trim())).toEqual([
      'Intro.',
      '```sh\n# no heading\n```',
      '- One',
    ]);
  });

  it('creates the anchors of GitHub, also for repeated headings', () => {
    const headings = ['1. Icon, color & picture', 'Problems', 'Problems'];
    const { parts } = parse(headings.map(text => `## ${text}\n`).join('\n'));
    expect(parts.slice(1).map(({ anchor }) => anchor)).toEqual([
      '1-icon-color--picture',
      'problems',
      'problems-1',
    ]);
  });

  it.each([
    ['![A page](../images/a.png)\n\nText.\n', 'Text.'],
    [
      '1. One.\n\n   ![A page](a.png)\n\n2. Two ![dot](b.png "Dot").\n',
      '1. One.\n\n   \n\n2. Two .',
    ],
    ['```md\n![A page](a.png)\n```\n', '```md\n![A page](a.png)\n```'],
  ])('leaves out pictures, not code, of %j', (source, markdown) => {
    expect(parse(`# Feeds\n\n${source}`).parts[0].markdown.trim()).toBe(
      markdown,
    );
  });
});

describe('plainText', () => {
  it('has the words of all blocks, and no marks', () => {
    const markdown =
      'See **[the feed](a.md)**, `now`.\n\n| a | b |\n| - | - |\n| c | `d` |\n\n- one\n  - two\n\n```sh\nnpm test\n```\n';
    expect(plainText(markdown)).toBe(
      'See the feed, now. a b c d one two npm test',
    );
  });
});

describe('summaryOf', () => {
  it.each([
    ['- A list.\n\nThe [first](a.md) sentence. More.', 'The first sentence.'],
    ['```sh\nnpm test\n```\n', ''],
  ])('of %j is %j', (markdown, summary) => {
    expect(summaryOf(markdown)).toBe(summary);
  });
});
