import { isReference, parseImage } from './imageReference';

const digest = `sha256:${'ab'.repeat(32)}`;

describe('parseImage', () => {
  it.each([
    ['python', 'python', ''],
    ['bailiwick/python', 'bailiwick/python', ''],
    ['python:3', 'python', ':3'],
    ['registry.test:5000/python', 'registry.test:5000/python', ''],
    ['registry.test:5000/python:3', 'registry.test:5000/python', ':3'],
    [`registry.test/a/b@${digest}`, 'registry.test/a/b', `@${digest}`],
    [`10.0.0.1:5000/a:1@${digest}`, '10.0.0.1:5000/a', `:1@${digest}`],
  ])('splits %s', (image, repository, version) => {
    expect(parseImage(image)).toEqual({ repository, version });
  });
});

describe('isReference', () => {
  it.each(['python:3', 'registry.test/python', `a/b@${digest}`])(
    'accepts %s',
    image => expect(isReference(image)).toBe(true),
  );

  it.each(['python', 'bailiwick/python'])('treats %s as a name', image =>
    expect(isReference(image)).toBe(false),
  );
});
