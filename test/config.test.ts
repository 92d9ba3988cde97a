import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../src/config.js';

function folderWith(settings: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'akin-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'akin.config.json'), settings);
  return folder;
}

describe('loadConfig', () => {
  it('takes the flag before the environment, that before the file, that before the default', () => {
    const folder = folderWith('{"port": 1, "host": "::1", "threads": 3}');
    const { config, origins } = loadConfig({
      folder,
      environment: { AKIN_PORT: '2', AKIN_HOST: 'localhost' },
      flags: { port: 3 },
    });
    expect([config.port, origins.port]).toEqual([3, 'flag']);
    expect([config.host, origins.host]).toEqual(['localhost', 'environment']);
    expect([config.threads, origins.threads]).toEqual([3, 'file']);
    expect([config.maxFileBytes, origins.maxFileBytes]).toEqual([100_000_000, 'default']);
    expect(config.index).toBe(join(folder, 'index'));
  });

  it.each([
    ['{}', { AKIN_PORT: 'http' }, {}, 'AKIN_PORT'],
    ['{}', {}, { port: '99999' }, '--port'],
    ['{}', { AKIN_DATABASE: 'mysql://db/news' }, {}, 'AKIN_DATABASE'],
    ['{}', {}, { database: 'postgres://db/news?schema=A' }, '--database'],
    ['{"prot": 3000}', {}, {}, '"prot"'],
    ['{"port": ', {}, {}, 'akin.config.json'],
  ])('names a setting that is wrong: file %s, environment %j, flags %j', (file, environment, flags, name) => {
    expect(() => loadConfig({ folder: folderWith(file), environment, flags })).toThrow(
      expect.objectContaining({ code: 'INVALID_SETTING', message: expect.stringContaining(name) }),
    );
  });

  it.each([
    ['2', 2],
    ['loopback', 'loopback'],
    ['127.0.0.1, 10.0.0.0/8,::1', '127.0.0.1, 10.0.0.0/8,::1'],
  ])('takes %s for the proxies to trust', (value, trustProxy) => {
    const { config } = loadConfig({ folder: folderWith('{}'), environment: { AKIN_TRUST_PROXY: value } });
    expect(config.trustProxy).toBe(trustProxy);
  });

  it.each([
    '0',
    'true',
    'nginx',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '127.0.0.1,',
  ])('refuses %s for the proxies to trust', (value) => {
    expect(() => loadConfig({ folder: folderWith('{}'), environment: { AKIN_TRUST_PROXY: value } })).toThrow(
      expect.objectContaining({
        code: 'INVALID_SETTING',
        message: expect.stringContaining('AKIN_TRUST_PROXY'),
      }),
    );
  });

  it('takes other models than the bundled one in float32 unless told otherwise', () => {
    const folder = folderWith('{}');
    expect(loadConfig({ folder, environment: {} }).config.dtype).toBe('int8');
    expect(loadConfig({ folder, environment: { AKIN_MODEL: 'some/model' } }).config.dtype).toBe('float32');
  });
});
