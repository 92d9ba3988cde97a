import { describe, expect, it } from 'vitest';
import { isNamed, namesOf } from '../../src/http/host-check.js';
import { isFriend } from '../../src/http/origin-check.js';

describe('isNamed', () => {
  const names = namesOf({ host: '127.0.0.1', allowedHosts: ['search.example', 'other.example:8443'] });

  it.each([
    'localhost',
    'LOCALHOST:3000',
    '127.0.0.1:3000',
    '[::1]:3000',
    'search.example',
    'search.example:8080',
    'other.example:8443',
  ])('takes %s', (host) => {
    expect(isNamed(host, names)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'evil.example',
    'evil.example:3000',
    'localhost.evil.example',
    '127.0.0.1@evil.example',
    'evil.example/localhost',
    'localhost evil.example',
    'other.example',
    '127.0.0.1.nip.io',
    '192.168.1.2',
  ])('refuses %s', (host) => {
    expect(isNamed(host, names)).toBe(false);
  });

  it('takes any name where others reach the server, unless names are set', () => {
    expect(isNamed('evil.example', namesOf({ host: '0.0.0.0', allowedHosts: [] }))).toBe(true);
    expect(isNamed('evil.example', namesOf({ host: '0.0.0.0', allowedHosts: ['search.example'] }))).toBe(
      false,
    );
  });
});

describe('isFriend', () => {
  const settings = { allowedHosts: ['search.example'], corsOrigins: ['https://news.example'] };

  it.each([
    ['http://127.0.0.1:3000', '127.0.0.1:3000'],
    ['http://localhost', 'localhost'],
    ['https://akin.test', 'akin.test:443'],
    ['https://search.example', '127.0.0.1:3000'],
    ['https://news.example', '127.0.0.1:3000'],
  ])('takes %s at %s', (origin, host) => {
    expect(isFriend(origin, host, settings)).toBe(true);
  });

  it.each([
    ['null', 'null'],
    ['http://localhost:8080', 'localhost:3000'],
    ['http://evil.example', '127.0.0.1:3000'],
    ['http://news.example', '127.0.0.1:3000'],
    ['https://news.example.evil.example', '127.0.0.1:3000'],
    ['https://search.example:8443', '127.0.0.1:3000'],
    ['file://127.0.0.1:3000', '127.0.0.1:3000'],
    ['', ''],
    ['http://127.0.0.1:3000', undefined],
  ])('refuses %s at %s', (origin, host) => {
    expect(isFriend(origin, host, settings)).toBe(false);
  });
});
