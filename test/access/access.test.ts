import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allows, SCOPES } from '../../src/access/scope.js';
import { fitsHash, hashSecret, newSecret, readSecret, writeSecret } from '../../src/access/secret.js';
import { scopeFor } from '../../src/http/route-scope.js';

describe('a secret', () => {
  it('is read as it was written, and fits its own hash alone', () => {
    const [one, other] = [newSecret(), newSecret()];
    expect(readSecret(writeSecret(one))).toEqual(one);
    expect(one.id).not.toBe(other.id);
    expect(fitsHash(one.secret, hashSecret(one.secret))).toBe(true);
    expect(fitsHash(other.secret, hashSecret(one.secret))).toBe(false);
    expect(fitsHash(one.secret, '')).toBe(false);
  });

  it('is nothing else', () => {
    fc.assert(fc.property(fc.string(), (text) => readSecret(text) === null));
    const text = writeSecret(newSecret());
    for (const wrong of [` ${text}`, `${text}x`, text.slice(1), text.slice(0, -1), text.toUpperCase()])
      expect(readSecret(wrong)).toBeNull();
  });
});

it('a scope allows itself and what is less', () => {
  const table = SCOPES.map((held) => SCOPES.map((needed) => Number(allows(held, needed))).join(''));
  expect(table).toEqual(['100', '110', '111']);
});

describe('scopeFor', () => {
  it.each([
    ['GET', '/v1/documents/search', 'read'],
    ['HEAD', '/v1/stats', 'read'],
    ['POST', '/v1/embeddings', 'read'],
    ['POST', '/v1/Search/', 'read'],
    ['PUT', '/v1/search', 'admin'],
    ['DELETE', '/v1/jobs/7', 'write'],
    ['POST', '/v1/jobs', 'admin'],
    ['POST', '/v1/rebuild', 'admin'],
    ['PATCH', '/v1/documents/search', 'write'],
  ] as const)('%s %s needs %s', (method, path, scope) => {
    expect(scopeFor(method, path)).toBe(scope);
  });
});
