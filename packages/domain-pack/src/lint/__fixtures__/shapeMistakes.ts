import { replace, type Mistake } from './Mistake';

const file = 'archetypes/loans/archetype.yaml';

/** What can be wrong between the shape of an archetype and its functions. */
export const shapeMistakes: Mistake[] = [
  {
    name: 'a shape that does not run',
    change: replace(file, 'shape: function', 'shape: dashboard'),
    file,
    line: 3,
    what: /"dashboard" do not run yet/,
    remedy: /function, stream, job, dag, mqtt/,
  },
  {
    name: 'a stream app without a stream',
    change: replace(file, 'shape: function', 'shape: stream'),
    file,
    line: 3,
    what: /No function of it gives a stream/,
    remedy: /Write kind: stream .* or shape: function/,
  },
  {
    name: 'a stream in an app of functions',
    change: replace(file, 'kind: table', 'kind: stream'),
    file,
    line: 25,
    what: /loans gives a stream, and the shape is function/,
    remedy: /Write shape: stream/,
  },
  {
    name: 'a stream without columns',
    change: replace(file, 'kind: value', 'kind: stream'),
    file,
    line: 31,
    what: /total gives a stream without columns/,
    remedy: /List the columns/,
  },
];
