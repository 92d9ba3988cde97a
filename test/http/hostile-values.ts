import fc from 'fast-check';
import { anyCharacter } from '../support/any-character.js';

/** Strings that were trouble somewhere: in paths, SQL, HTML, headers, prototypes, queries, Unicode. */
const TROUBLE = [
  '',
  ' ',
  '\0',
  '../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '/etc/passwd',
  '%2e%2e%2f%2e%2e%2fakin.db',
  'C:\\x',
  "'; DROP TABLE documents; --",
  "' OR '1'='1",
  '1); DELETE FROM vectors; --',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  'a\r\nSet-Cookie: x=1\r\n\r\n<html>',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '"',
  '"unclosed phrase',
  '-"',
  '- - -',
  '--',
  '*',
  'AND OR NOT NEAR(',
  'title:x^2 (a OR b) {c}',
  '%',
  '%%%s%n',
  '\ud800',
  '\udc00x',
  '\u202e\u2066\ufeff',
  'e\u0301'.repeat(50),
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  'مرحبا بالعالم',
  '霧が濃い',
  'a'.repeat(300),
  'ab '.repeat(400),
  '"a" '.repeat(200),
  '-x '.repeat(200),
  'aaaa!'.repeat(100),
  '('.repeat(500),
  'NaN',
  'null',
  '1e309',
  '-0',
  '9007199254740993',
  '2025-02-30',
  '0000-00-00T99:99:99Z',
  '+275760-09-14',
];

export const text = fc.oneof(
  fc.constantFrom(...TROUBLE),
  fc.string({ unit: anyCharacter, maxLength: 40 }),
  fc.lorem({ maxCount: 6 }),
);
export const ID = fc.constantFrom('one', 'two', 'three', '__proto__', 'a/b#2', '../x', 'é ü', '%', 'none');
export const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -1, 1, 0.5, 1e9, 1e308, Number.MAX_SAFE_INTEGER),
);
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  text,
  number,
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 3 }),
);

/**
 * An object of which some members are missing, of the wrong kind, or unknown.
 * @param requiredKeys those that are there most of the time
 */
export function nearly(
  members: Record<string, fc.Arbitrary<unknown>>,
  requiredKeys: string[] = [],
): fc.Arbitrary<unknown> {
  const loosened = Object.fromEntries(
    Object.entries(members).map(([name, right]) => [
      name,
      fc.oneof({ weight: 30, arbitrary: right }, { weight: 1, arbitrary: anything }),
    ]),
  );
  return fc.oneof(
    { weight: 20, arbitrary: fc.record(loosened, { requiredKeys }) },
    {
      weight: 1,
      arbitrary: fc.record(
        { ...loosened, [TROUBLE[15] ?? '']: anything, unknown: anything },
        { requiredKeys: [] },
      ),
    },
    { weight: 1, arbitrary: anything },
  );
}
