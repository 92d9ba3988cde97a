import { expect, it } from 'vitest';
import { parseFilter } from '../../src/filter.js';
import { type MadeDocument, made, putAll } from './made-documents.js';
import type { IndexUnderTest } from './use-stored-index.js';

/** The contract of `StoredDocuments`, and of the sink that fills it. */
export function testStoredDocuments(index: IndexUnderTest): void {
  const { filtered, found, put } = index;

  it('gives a document back as it came: every field, the text to the last blank, the passages in order', async () => {
    const document: MadeDocument = {
      id: 'letters/ä "quoted" \\ 日本',
      text: 'A first one.\n\nA second, with a tab\tand 🙂.\n\nThe last.  \n',
      title: "It's a \\ title\nof two lines",
      url: 'https://example.org/?a=1&b=%20',
      source: 'The Star',
      author: 'Ana',
      language: 'en-GB',
      publishedAt: '2025-07-16T10:00:00.5+02:00',
      tags: ['zebra', 'apple', 'a,b{}"'],
      metadata: { z: 1, a: { y: [1, 'two', null, { b: true }], x: 1e21 }, '10': 'ten', '2': 0.1 },
      file: 'letters/a.txt',
    };
    const [key = 0] = await put(document);
    const { documents } = index.storage;
    const stored = await documents.get(document.id);
    const { file: _file, ...fields } = document;
    expect(stored).toEqual({ ...fields, key });
    expect(JSON.stringify(stored?.metadata)).toBe(JSON.stringify(document.metadata));
    const { text: _text, ...row } = fields;
    expect((await documents.rows([key, key + 1_000])).get(key)).toEqual({ ...row, key });
    const passages = (await documents.passagesOf([key])).get(key) ?? [];
    expect(passages.map(({ text }) => text)).toEqual([
      'A first one.',
      'A second, with a tab\tand 🙂.',
      'The last.  \n',
    ]);
    expect(passages.map(({ heading, page }) => [heading, page])).toEqual([
      [null, null],
      ['Further', null],
      ['Further', null],
    ]);
    for (const { start, end, text } of passages) expect(document.text?.slice(start, end)).toBe(text);
    const ids = passages.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect(await documents.passagesById([ids[1] ?? 0, 1e9])).toEqual(new Map([[ids[1], passages[1]]]));
    expect(await documents.page(key)).toBeNull();
  });

  it('takes documents with signs that are no text, and finds others beside them', async () => {
    const odd = '\0 and \ud83d';
    const metadata = { [odd]: odd, n: odd };
    await put(
      { id: 'odd', text: `A ${odd} text`, title: odd, tags: [odd], metadata },
      { id: 'plain', tags: ['x'], metadata: { n: 'x' } },
    );
    expect(await index.storage.documents.counts()).toEqual({ documents: 2, passages: 2 });
    expect(await filtered({ 'metadata.n': 'x', tags: { ne: odd }, title: { ne: odd } })).toEqual(['plain']);
    expect(await filtered({ 'metadata.n': { exists: true } })).toEqual(['odd', 'plain']);
    expect(await found({ phrases: [`a ${odd} text`] })).toEqual(['odd']);
  });

  it('says of a document that comes again whether it has changed, and keeps its key', async () => {
    const { sink, storage } = index;
    const [key] = await put({ id: 'a', text: 'ferry' });
    expect(await putAll(sink, [made({ id: 'a', text: 'ferry' })])).toEqual([
      { id: 'a', status: 'unchanged', passages: 1 },
    ]);
    expect(await putAll(sink, [made({ id: 'a', text: 'orchard\n\ngare' })])).toEqual([
      { id: 'a', status: 'updated', passages: 2 },
    ]);
    expect(await storage.documents.keyOf('a')).toBe(key);
    expect(await storage.documents.counts()).toEqual({ documents: 1, passages: 2 });
    expect(await storage.terms.hasAny([{ term: 'ferri', stemming: 'english' }])).toBe(false);
    expect(await storage.terms.hasAny([{ term: 'orchard', stemming: 'english' }])).toBe(true);
    expect(await sink.remove(['none', 'a'])).toEqual(['a']);
    expect(await storage.documents.counts()).toEqual({ documents: 0, passages: 0 });
  });

  it('tells by another number that something was stored', async () => {
    const before = index.storage.changes();
    await put({ id: 'a' });
    expect(index.storage.changes()).not.toBe(before);
  });

  it('lists and counts documents in the order in which they came, a part at a time', async () => {
    const { documents } = index.storage;
    const [, b = 0] = await put(
      { id: 'c', source: 's', text: 'één' },
      { id: 'b', tags: ['t'], publishedAt: '2025-01-02' },
      { id: 'a', source: 's', text: 'x\n\ny' },
    );
    const ids = async (options: Parameters<typeof documents.list>[0]): Promise<string[]> =>
      (await documents.list(options)).map(({ id }) => id);
    const filter = parseFilter({ source: 's' });
    expect(await ids({ limit: 2 })).toEqual(['c', 'b']);
    expect(await ids({ limit: 5, after: b })).toEqual(['a']);
    expect(await ids({ limit: 5, filter })).toEqual(['c', 'a']);
    expect(await documents.idsMatching(filter)).toEqual(['c', 'a']);
    expect(await documents.passing(['a', 'b', 'z'], filter)).toEqual(new Set(['a']));
    expect(await documents.countsMatching(filter)).toEqual({ documents: 2, passages: 3, bytes: 7 });
    expect(await documents.facetRows({ limit: 1, after: b - 1 })).toEqual([
      {
        key: b,
        source: null,
        author: null,
        language: null,
        tags: ['t'],
        publishedAt: '2025-01-02',
        publishedMs: Date.parse('2025-01-02'),
      },
    ]);
  });

  it('finds a document by its file, its address and its title', async () => {
    const { documents } = index.storage;
    await put(
      { id: 'f/a#1', file: 'f/a', url: 'https://x.org/1', title: 'Twice' },
      { id: 'f/a#2', file: 'f/a', url: 'https://x.org/2', title: 'Twice' },
      { id: 'g', title: 'Once' },
    );
    expect(await documents.idsOfFile('f/a')).toEqual(['f/a#1', 'f/a#2']);
    expect(await documents.idOfUrl(['https://x.org/2', 'https://x.org/1'])).toBe('f/a#1');
    expect(await documents.idOfUrl(['https://x.org/3'])).toBeNull();
    expect(await documents.idOfTitle('Once')).toBe('g');
    expect(await documents.idOfTitle('Twice')).toBeNull();
    expect((await documents.present(['g', 'none'])).get('g')?.file).toBeNull();
    expect([...(await documents.present(['f/a#1', 'none'])).keys()]).toEqual(['f/a#1']);
  });
}
