import { svgProblems } from './svgProblems';

const open = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">';
const icon = (inside: string) => `${open}\n${inside}\n</svg>\n`;
const check = (text: string) => svgProblems('icon.svg', text);

describe('svgProblems', () => {
  it.each([
    ['a path', icon('<path d="M3 3v18h18" fill="none" stroke="#000"/>')],
    [
      'a group with a title, shapes and a comment',
      icon(
        '<title>Chart</title><!-- bars --><g stroke-width="2"><rect x="1" y="2" width="3" height="4" rx="1"/><circle cx="5" cy="5" r="2"/></g>',
      ),
    ],
    [
      'an XML declaration',
      `<?xml version="1.0"?>\n${icon('<path d="M0 0"/>')}`,
    ],
  ])('accepts %s', (_name, text) => {
    expect(check(text)).toEqual([]);
  });

  it.each<[string, string, RegExp, number]>([
    ['a script', icon('<script>alert(1)</script>'), /element script/, 2],
    [
      'a script with a prefix',
      icon(
        '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>',
      ),
      /element s:script/,
      2,
    ],
    [
      'a foreign object',
      icon(
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>',
      ),
      /element foreignObject/,
      2,
    ],
    [
      'elements of another namespace',
      icon('<g xmlns="http://www.w3.org/1999/xhtml"/>'),
      /http:\/\/www\.w3\.org\/1999\/xhtml is not the SVG namespace/,
      2,
    ],
    [
      'an event handler',
      icon('\n<path d="M0 0" onclick="alert(1)"/>'),
      /onclick is an event handler/,
      3,
    ],
    [
      'an event handler of the root',
      icon('').replace('<svg', '<svg onload="alert(1)"'),
      /onload is an event handler/,
      1,
    ],
    [
      'an image elsewhere',
      icon('<image href="https://example.com/a.png"/>'),
      /element image/,
      2,
    ],
    [
      'a reference',
      icon(
        '<path d="M0 0" xlink:href="https://example.com/#a" xmlns:xlink="http://www.w3.org/1999/xlink"/>',
      ),
      /xlink:href refers/,
      2,
    ],
    ['a link', icon('<a href="javascript:alert(1)"/>'), /element a$/, 2],
    ['a use of another file', icon('<use href="b.svg#c"/>'), /element use/, 2],
    [
      'an animation that sets a handler',
      icon('<set attributeName="onclick" to="alert(1)"/>'),
      /element set/,
      2,
    ],
    [
      'a style sheet',
      icon('<style>@import "https://example.com/a.css";</style>'),
      /element style/,
      2,
    ],
    [
      'a style that loads a file',
      icon('<path d="M0 0" style="fill:url(https://example.com/a)"/>'),
      /style can load other files/,
      2,
    ],
    [
      'a fill that loads a file',
      icon('<path d="M0 0" fill="url(https://example.com/a#b)"/>'),
      /fill can load other files/,
      2,
    ],
    [
      'a DOCTYPE with entities',
      `<!DOCTYPE svg [<!ENTITY a "b">]>\n${icon('<path d="M0 0"/>')}`,
      /DOCTYPE can define entities/,
      1,
    ],
    [
      'an unknown entity',
      icon('<title>&a;</title>'),
      /not well-formed XML: undefined entity/,
      2,
    ],
    [
      'a style sheet in a processing instruction',
      `<?xml-stylesheet href="https://example.com/a.css"?>\n${icon('')}`,
      /<\?xml-stylesheet\?> can load/,
      1,
    ],
    ['an unclosed element', `${open}<g>`, /not well-formed XML/, 1],
    ['no XML', 'PNG', /not well-formed XML/, 1],
    ['an HTML page', '<html></html>', /root element is html/, 1],
    [
      'no viewBox',
      icon('').replace(' viewBox="0 0 24 24"', ''),
      /no viewBox/,
      1,
    ],
    [
      'no namespace',
      icon('').replace(' xmlns="http://www.w3.org/2000/svg"', ''),
      /no namespace/,
      1,
    ],
    ['a drawing in a drawing', icon(`${open}</svg>`), /one svg element/, 2],
  ])('refuses %s, with line and remedy', (_name, text, what, line) => {
    const problems = check(text);
    expect(problems).toContainEqual({
      file: 'icon.svg',
      line,
      what: expect.stringMatching(what),
      remedy: expect.stringMatching(/./),
    });
  });

  it('refuses a large drawing without parsing it', () => {
    expect(check(icon(`<path d="${'M0 0'.repeat(3000)}"/>`))).toEqual([
      {
        file: 'icon.svg',
        what: expect.stringMatching(/has 12\d{3} bytes, more than 8192/),
        remedy: expect.stringContaining('svgo'),
      },
    ]);
  });

  it('reports at most ten problems', () => {
    expect(check(icon('<script/>'.repeat(50)))).toHaveLength(10);
  });
});
