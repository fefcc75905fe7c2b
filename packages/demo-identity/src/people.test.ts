import { readPeople } from './people';
import { signInPage } from './signInPage';

describe('readPeople', () => {
  it('reads the five demo people with their purposes', () => {
    const people = readPeople();
    expect(people.map(({ id }) => id)).toEqual([
      'pia',
      'rita',
      'bea',
      'tom',
      'nora',
    ]);
    for (const { email, name, role } of people) {
      expect(name).not.toBe('');
      expect(role).toMatch(/\.$/);
      expect(email).toMatch(/@example\.com$/);
    }
  });
});

describe('signInPage', () => {
  it('escapes its output', () => {
    const evil = '"><script>alert(1)</script>';
    const person = { id: evil, name: evil, email: '', role: evil };
    const page = signInPage([person], `/interaction/${evil}`);
    expect(page).not.toContain('<script>');
  });
});
