import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_READ_OPTIONS } from '../../src/documents/limits.js';
import { parseFile } from '../../src/documents/parse.js';

const parse = (text: string, columns: Record<string, string> = {}, name = 'a.csv') =>
  parseFile(Buffer.from(text), name, { ...DEFAULT_READ_OPTIONS, columns });

describe('a table with a text in each row', () => {
  it('gives a document for each row, whatever parts the cells and whatever language the headers are in', async () => {
    const rows = [
      ['Titel', 'Inhalt', 'Datum', 'Autor', 'Schlagwörter', 'Seite'],
      ['Der Fluss', 'Er "stieg"', '2025-07-16', 'Jane Doe', 'Fluss, Flut', '3'],
    ];
    for (const delimiter of [',', ';', '\t', '|']) {
      const text = rows
        .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter))
        .join('\r\n');
      expect(await parse(text)).toMatchObject({
        type: 'table',
        documents: [
          {
            title: 'Der Fluss',
            text: 'Er "stieg"',
            publishedAt: '2025-07-16',
            author: 'Jane Doe',
            tags: ['Fluss', 'Flut'],
            metadata: { Seite: '3' },
          },
        ],
      });
    }
  });

  it('lets the user say which column gives what, and names the fields where there is no such', async () => {
    const table = 'body,text,When\nThe story.,short,2025-07-16\n';
    const { documents } = await parse(table, { BODY: 'text', text: 'title', when: 'publishedAt' });
    expect(documents).toMatchObject([{ text: 'The story.', title: 'short', publishedAt: '2025-07-16' }]);
    const error = await parse(table, { body: 'content' }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', issues: [{ path: 'columns.body' }] });
    expect(String(error)).toContain('publishedAt');
  });

  it('lists rows that give none as failures by their line, and takes the rest', async () => {
    const { documents, failures } = await parse(
      'title,text\na,"first\nstory"\nb,\nc,x,too,many\nd,second,\n\ne,third',
    );
    expect(documents.map(({ text }) => text)).toEqual(['first\nstory', 'second', 'third']);
    expect(failures.map(({ item, code }) => [item, code])).toEqual([
      ['a.csv:4', 'NO_TEXT'],
      ['a.csv:5', 'INVALID_DOCUMENT'],
    ]);
  });

  it('keeps a date that can be two in the metadata', async () => {
    const { documents } = await parse('text,date\nwords,07/08/2025\n');
    expect(documents).toMatchObject([{ publishedAt: null, metadata: { date: '07/08/2025' } }]);
  });
});

describe('a table without a text', () => {
  it('is one document of lines', async () => {
    expect(await parse('Town,People\nVarn,"4,200"\nOst,\n')).toMatchObject({
      documents: [{ text: 'Town: Varn | People: 4,200\n\nTown: Ost' }],
    });
    expect((await parse('sep=;\r\n1;2\r\n3;4')).documents).toMatchObject([{ text: '1 | 2\n\n3 | 4' }]);
  });

  it('is known by its tabs under any name, and prose with commas is none', async () => {
    const tabbed = 'Town\tPeople\nVarn\t4\nOst\t5\n';
    expect((await parse(tabbed, {}, 'export.txt')).type).toBe('table');
    expect((await parse('First, there was rain.\nThen, wind.\nAnd, snow.', {}, 'a.txt')).type).toBe('text');
  });
});

it('reads any text as a table or says why not', async () => {
  const piece = fc.constantFrom(
    '"',
    ',',
    ';',
    '\t',
    '\n',
    '\r\n',
    'text',
    'title',
    'a b',
    '""',
    'sep=|\n',
    '\\',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 30 }), async (pieces) => {
      const read = await parse(`x${pieces.join('')}`).catch((error: unknown) => error);
      if (read instanceof Error)
        expect(read).toMatchObject({ code: expect.stringMatching(/DAMAGED|NO_TEXT/) });
    }),
    { numRuns: 150 },
  );
});
