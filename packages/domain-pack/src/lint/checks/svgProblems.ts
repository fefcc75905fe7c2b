import { maxIconBytes } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { SaxesParser } from 'saxes';
import type { Problem } from '../../problem/Problem';

const svgNamespace = 'http://www.w3.org/2000/svg';
const shapes = [
  'circle',
  'ellipse',
  'line',
  'path',
  'polygon',
  'polyline',
  'rect',
];
const elements = new Set(['svg', 'g', 'title', 'desc', ...shapes]);
/** Attributes of shapes (SVG 2); none of them runs code, and none refers to a document. */
const attributes =
  /^(xmlns|version|viewBox|preserveAspectRatio|width|height|d|points|[xy][12]?|c[xy]|r[xy]?|fill(-opacity|-rule)?|clip-rule|stroke(-(dasharray|dashoffset|linecap|linejoin|miterlimit|opacity|width))?|opacity|transform|id|class|role|aria-[a-z]+)$/;
const mostProblems = 10;

const drawShapes = `Draw the icon with ${shapes.join(', ')} and g`;

/** Why an attribute is refused; `undefined` for attributes of shapes. */
function attributeProblem(
  name: string,
  value: string,
): Pick<Problem, 'what' | 'remedy'> | undefined {
  if (/^on/i.test(name))
    return {
      what: `${name} is an event handler; icons must not run code`,
      remedy: 'Delete the attribute',
    };
  if (/(^|:)(href|src)$/i.test(name))
    return {
      what: `${name} refers to an external resource`,
      remedy: 'Delete the attribute and draw the shape itself',
    };
  if (name === 'style' || /url\s*\(/i.test(value))
    return {
      what: `${name} can load other files`,
      remedy:
        'Use attributes such as fill and stroke-width with plain values instead',
    };
  if (name === 'xmlns' && value !== svgNamespace)
    return {
      what: `${value} is not the SVG namespace`,
      remedy: `Write xmlns="${svgNamespace}"`,
    };
  return attributes.test(name)
    ? undefined
    : {
        what: `An icon can't have the attribute ${name}`,
        remedy: 'Delete the attribute; it adds nothing to the shape',
      };
}

/**
 * Returns why an SVG can't be the icon of a pack, with lines from 1; at most 10 problems.
 * Only shapes are accepted: no scripts, event handlers, style sheets, embedded or foreign documents,
 * references, DOCTYPE or entities, and at most {@link maxIconBytes}.
 */
export function svgProblems(file: string, text: string): Problem[] {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxIconBytes)
    return [
      {
        file,
        what: `The icon has ${bytes} bytes, more than ${maxIconBytes}`,
        remedy: 'Simplify the drawing, for example with svgo',
      },
    ];
  const problems: Problem[] = [];
  const parser = new SaxesParser({ xmlns: true });
  const refuse = (what: string, remedy: string) => {
    if (problems.length < mostProblems)
      problems.push({ file, line: parser.line, what, remedy });
  };
  let malformed = false;
  let depth = 0;
  parser.on('error', ({ message }) => {
    if (malformed) return;
    malformed = true;
    const reason = message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
    refuse(`It is not well-formed XML: ${reason}`, 'Correct the SVG');
  });
  parser.on('doctype', () =>
    refuse(
      'A DOCTYPE can define entities and load other files',
      'Delete the DOCTYPE',
    ),
  );
  parser.on('processinginstruction', ({ target }) =>
    refuse(
      `<?${target}?> can load style sheets and other files`,
      'Delete the processing instruction',
    ),
  );
  parser.on('opentagstart', ({ name }) => {
    depth += 1;
    if (depth === 1 && name !== 'svg')
      refuse(`The root element is ${name}, not svg`, 'Save the icon as SVG');
    else if (!elements.has(name))
      refuse(`An icon can't have the element ${name}`, drawShapes);
    else if (depth > 1 && name === 'svg')
      refuse('An icon has one svg element', drawShapes);
  });
  parser.on('attribute', ({ name, value }) => {
    const problem = attributeProblem(name, value);
    if (problem) refuse(problem.what, problem.remedy);
  });
  parser.on('opentag', ({ attributes: given }) => {
    if (depth > 1) return;
    if (!given.viewBox)
      refuse('The icon has no viewBox', 'Add one, such as viewBox="0 0 24 24"');
    if (!given.xmlns)
      refuse('The icon has no namespace', `Write xmlns="${svgNamespace}"`);
  });
  parser.on('closetag', () => {
    depth -= 1;
  });
  parser.write(text).close();
  return problems;
}
