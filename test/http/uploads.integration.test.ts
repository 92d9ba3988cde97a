import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { useApp } from '../support/app.js';

const MOST_BYTES = 100_000;
const server = useApp({ settings: { maxFileBytes: MOST_BYTES } });

type Part = [name: string, content: string | number, file?: string];

/** A form as it goes over the wire: with names and headers that `FormData` would write otherwise. */
function form(parts: Part[]): RequestInit {
  const written = parts.map(([name, content, file]) => {
    const filename = file === undefined ? '' : `; filename="${file}"`;
    const body = typeof content === 'number' ? 'x'.repeat(content) : content;
    return `--end\r\nContent-Disposition: form-data; name="${name}"${filename}\r\n\r\n${body}\r\n`;
  });
  const headers = { 'Content-Type': 'multipart/form-data; boundary=end' };
  return { method: 'POST', headers, body: `${written.join('')}--end--` };
}

async function refused(parts: Part[]): Promise<{ status: number; code: string; detail: string }> {
  const response = await fetch(`${server.address}/v1/files`, form(parts));
  const { code, detail } = (await response.json()) as { code: string; detail: string };
  return { status: response.status, code, detail };
}

describe('a form of files', () => {
  afterEach(async () => {
    expect(readdirSync(await server.engine.uploadFolder())).toEqual([]);
  });

  it.each<[string, Part[]]>([
    [
      'names that would be taken apart',
      [
        ['a[4294967294]', 'b'],
        ['a[x]', 'c'],
      ].map(([n, c]) => [n, c] as Part),
    ],
    ['many', Array.from({ length: 20 }, (_, place): Part => [`field-${place}`, MOST_BYTES])],
    [
      'one after a file',
      [
        ['files', 'Hello.', 'hello.txt'],
        ['note', 'b'],
      ],
    ],
  ])('is refused with text fields: %s', async (_what, parts) => {
    const { status, code, detail } = await refused(parts);
    expect([status, code]).toEqual([400, 'INVALID_REQUEST']);
    expect(detail).toContain('text field');
  });

  it('is refused whole where a file is larger than a file may be, and says how large that is', async () => {
    const { status, code, detail } = await refused([
      ['files', 'Hello.', 'hello.txt'],
      ['files', MOST_BYTES + 1, 'huge.txt'],
    ]);
    expect([status, code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect(detail).toMatch(/"huge.txt".* 100000 bytes.*AKIN_MAX_FILE_BYTES/);
  });

  it('is refused with more files or other parts than one request may have', async () => {
    const files = Array.from({ length: 1_001 }, (_, place): Part => ['files', '', `${place}.txt`]);
    expect(await refused(files)).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
    const headers = { 'Content-Type': 'multipart/form-data; boundary=end' };
    const body = `${'--end\r\nX-Part: 1\r\n\r\n\r\n'.repeat(1_002)}--end--`;
    const response = await fetch(`${server.address}/v1/files`, { method: 'POST', headers, body });
    expect([response.status, await response.json()]).toEqual([
      413,
      expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE' }),
    ]);
  });

  it('is refused where a field has a name that is far too long', async () => {
    const { status, code, detail } = await refused([['f'.repeat(257), 'Hello.', 'hello.txt']]);
    expect([status, code]).toEqual([400, 'INVALID_REQUEST']);
    expect(detail).toContain('256');
  });
});

it('a file that is as large as a file may be is taken', async () => {
  const response = await fetch(
    `${server.address}/v1/files`,
    form([['files', 'Largest. '.repeat(MOST_BYTES / 9).padEnd(MOST_BYTES, '.'), 'largest.txt']]),
  );
  expect(response.status).toBe(202);
});
