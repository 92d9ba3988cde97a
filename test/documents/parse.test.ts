import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFile } from '../../src/documents/parse.js';
import { AkinError } from '../../src/errors.js';
import { anyCharacter } from '../support/any-character.js';

const parse = (text: string, name: string) => parseFile(new TextEncoder().encode(text), name);

describe('parseFile', () => {
  it('reads the documents of JSON in each of its three forms', async () => {
    for (const source of ['{"text": "One."}', '[{"text": "One."}]', '{"documents": [{"text": "One."}]}']) {
      expect(await parse(source, 'a.json')).toMatchObject({
        type: 'json',
        documents: [{ text: 'One.' }],
        failures: [],
      });
    }
  });

  it.each([
    ['{"text": "One."', 'INVALID_JSON'],
    ['{"name": "x"}', 'INVALID_DOCUMENT'],
    ['42', 'INVALID_DOCUMENT'],
    ['[]', 'INVALID_DOCUMENT'],
    ['{"text": 5}', 'INVALID_DOCUMENT'],
  ])('refuses the JSON file %j with %s', async (source, code) => {
    await expect(parse(source, 'a.json')).rejects.toMatchObject({ code });
  });

  it('takes the good lines of a JSON Lines file and names the bad ones', async () => {
    const { documents, failures } = await parse(
      '{"_id": 1, "text": "One."}\n\n{"text": \n{"title": "x"}\n{"html": "<p>Two."}\n',
      'dir/a.jsonl',
    );
    expect(documents.map(({ id, text }) => [id, text])).toEqual([
      ['1', 'One.'],
      [undefined, 'Two.'],
    ]);
    expect(failures.map(({ item, code }) => [item, code])).toEqual([
      ['dir/a.jsonl:3', 'INVALID_JSON'],
      ['dir/a.jsonl:4', 'INVALID_DOCUMENT'],
    ]);
  });

  it('names the bad documents of an array', async () => {
    const { documents, failures } = await parse('[{"text": "One."}, 2]', 'a.json');
    expect(documents).toHaveLength(1);
    expect(failures).toMatchObject([{ item: 'a.json[1]', code: 'INVALID_DOCUMENT' }]);
  });

  it('refuses a file with markup but no text', async () => {
    await expect(parse('<html><body><img src="a.png"></body></html>', 'a.html')).rejects.toMatchObject({
      code: 'NO_TEXT',
    });
    await expect(parse('---\ntitle: Only this\n---\n', 'a.md')).rejects.toMatchObject({ code: 'NO_TEXT' });
  });

  it('reads a scraped page as several documents', async () => {
    const body = 'The bridge was closed on Monday after long cracks were found in its steel, engineers said. '
      .repeat(5)
      .trim();
    const story = (title: string) =>
      `${title}\n${title}\n\nThe Mail\n\ntime2 hours ago\n\n  • The Mail\n\n${title}\n\n${body}\n\n`;
    const { documents } = await parse(
      `${story('Old bridge closed to traffic')}Related Articles\n\n${story('Rain ends the long drought')}`,
      'a.txt',
    );
    expect(documents.map(({ title, source }) => [title, source])).toEqual([
      ['Old bridge closed to traffic', 'The Mail'],
      ['Rain ends the long drought', 'The Mail'],
    ]);
    expect(documents[0]?.metadata).toEqual({
      age: '2 hours ago',
      related_links: [{ title: 'Rain ends the long drought' }],
    });
  });

  it('ends with documents or a typed error for any bytes under any name', async () => {
    const names = fc.constantFrom('a.txt', 'a.md', 'a.html', 'a.json', 'a.jsonl', 'a.pdf', 'a');
    const starts = fc.constantFrom('', '%PDF-1.7\n', '{"', '[{', '<html>', '---\n', '\xff\xfe');
    const contents = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: anyCharacter, maxLength: 200 }).map((text) => new TextEncoder().encode(text)),
    );
    await fc.assert(
      fc.asyncProperty(names, starts, contents, async (name, start, content) => {
        const bytes = Uint8Array.of(...Buffer.from(start, 'latin1'), ...content);
        const outcome = await parseFile(bytes, name).catch((error: unknown) => error);
        if (outcome instanceof AkinError) expect(outcome.code).not.toBe('PARSE_FAILED');
        else expect(outcome).toMatchObject({ documents: expect.any(Array), failures: expect.any(Array) });
      }),
      { numRuns: 60 },
    );
  });
});
