import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseFilter } from '../../src/filter.js';
import type { Selection } from '../../src/storage/stored-index.js';
import { type MadeDocument, made, putAll, vectorOfText } from './made-documents.js';
import type { OpenedIndex } from './opened-index.js';

/** A text of many words, for versions: so many are changed. */
function story(changed = 0): string {
  return Array.from({ length: 120 }, (_, place) => (place < changed ? `other${place}` : `word${place}`)).join(
    ' ',
  );
}

/** Filters, and which of three documents they let through. */
const FILTERS: [filter: unknown, ids: string[]][] = [
  [{ source: 'The Star' }, ['a']],
  [{ source: { ne: 'The Star' } }, ['b', 'c']],
  [{ not: { source: 'The Star' } }, ['b', 'c']],
  [{ source: { in: [] } }, []],
  [{ source: { nin: [] } }, ['a', 'b', 'c']],
  [{ source: { exists: false } }, ['c']],
  [{ and: [] }, ['a', 'b', 'c']],
  [{ or: [] }, []],
  [{ source: { gt: 'The' } }, ['a', 'b']],
  [{ source: { lt: 'a' } }, ['a']],
  [{ tags: 'x' }, ['a', 'b']],
  [{ tags: { ne: 'x' } }, ['c']],
  [{ tags: { in: ['y', 'q'] } }, ['b']],
  [{ tags: { exists: true } }, ['a', 'b']],
  [{ language: 'en' }, ['a', 'b']],
  [{ language: 'en-GB' }, ['b']],
  [{ language: { nin: ['en'] } }, ['c']],
  [{ publishedAt: '2025-07-16' }, ['a']],
  [{ publishedAt: { gt: '2025-07-16' } }, ['b']],
  [{ publishedAt: { lte: '2025-07-16' } }, ['a']],
  [{ publishedAt: { ne: '2025-07-16' } }, ['b', 'c']],
  [{ publishedAt: { nin: ['2025-07-16', '2025-07-17'] } }, ['c']],
  [{ publishedAt: { exists: false } }, ['c']],
  [{ 'metadata.n': 5 }, ['a']],
  [{ 'metadata.n': '5' }, ['b']],
  [{ 'metadata.n': { gte: 5 } }, ['a', 'b']],
  [{ 'metadata.n': { lt: '5' } }, ['a']],
  [{ 'metadata.deep.list': 2 }, ['a']],
  [{ 'metadata.deep': { exists: true } }, ['a', 'b']],
  [{ 'metadata.deep.list': { exists: true } }, ['a']],
  [{ 'metadata.deep.list.0': { exists: true } }, []],
  [{ 'metadata.yes': true }, ['a']],
  [{ 'metadata.yes': 1 }, ['a']],
  [{ 'metadata.yes': { exists: true } }, ['a', 'b']],
];

/**
 * What every stored index does, whichever way it stores.
 * @param open an empty one
 */
export function describeStoredIndex(name: string, open: () => Promise<OpenedIndex>): void {
  describe(name, () => {
    let opened: OpenedIndex;

    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());
    afterEach(async () => {
      const { storage, sink } = opened;
      for (const row of await storage.documents.list({ limit: 1_000 })) await sink.remove([row.id]);
    });

    async function put(...documents: MadeDocument[]): Promise<number[]> {
      await putAll(opened.sink, documents.map(made));
      const keys = documents.map(({ id }) => opened.storage.documents.keyOf(id));
      return (await Promise.all(keys)).map((key) => key ?? 0);
    }

    /** The ids of the documents that a selection lets through, by the legs that go by it. */
    async function found(selection: Partial<Selection>): Promise<string[]> {
      const { storage, semantic } = opened;
      const among = await storage.among({ phrases: [], excluded: [], ...selection });
      const nearest = await semantic.nearest(vectorOfText('any'), 1_000, among);
      const rows = await storage.documents.rows([...nearest.keys()]);
      return Array.from(rows.values(), ({ id }) => id).sort();
    }

    const filtered = (filter: unknown): Promise<string[]> => found({ filter: parseFilter(filter) });

    it('is empty before anything is stored', async () => {
      const { storage, semantic, keywords } = opened;
      expect(await storage.documents.counts()).toEqual({ documents: 0, passages: 0 });
      expect(await storage.vectors.count()).toBe(0);
      expect(await storage.vectors.after(0, 10)).toEqual([]);
      expect(await storage.documents.get('none')).toBeNull();
      expect(await storage.documents.keyOf('none')).toBeNull();
      expect(await semantic.nearest(vectorOfText('x'), 10, null)).toEqual(new Map());
      expect(await semantic.about(vectorOfText('x'), 10, null)).toEqual([]);
      expect(await semantic.passages(vectorOfText('x'), 10)).toEqual([]);
      const words = await storage.terms.termsOfWords(['ferry']);
      expect((await keywords.search(words, 10)).matches).toEqual([]);
      expect(await storage.terms.wordsFrom('f', 10)).toEqual([]);
      expect(await storage.map.vectors('', 10)).toEqual([]);
      expect(await storage.storyRows(10)).toEqual([]);
      expect(await found({ phrases: ['a b'], excluded: ['c'] })).toEqual([]);
    });

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
      const { documents } = opened.storage;
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
      expect(await opened.storage.documents.counts()).toEqual({ documents: 2, passages: 2 });
      expect(await filtered({ 'metadata.n': 'x', tags: { ne: odd }, title: { ne: odd } })).toEqual(['plain']);
      expect(await filtered({ 'metadata.n': { exists: true } })).toEqual(['odd', 'plain']);
      expect(await found({ phrases: [`a ${odd} text`] })).toEqual(['odd']);
    });

    it('says of a document that comes again whether it has changed, and keeps its key', async () => {
      const { sink, storage } = opened;
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
      const before = opened.storage.changes();
      await put({ id: 'a' });
      expect(opened.storage.changes()).not.toBe(before);
    });

    it('lists and counts documents in the order in which they came, a part at a time', async () => {
      const { documents } = opened.storage;
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
      const { documents } = opened.storage;
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

    it('lets documents through by their fields', async () => {
      await put(
        {
          id: 'a',
          source: 'The Star',
          tags: ['x'],
          language: 'en',
          publishedAt: '2025-07-16T23:59:59.999Z',
          metadata: { n: 5, deep: { list: [1, 2, null] }, yes: true },
        },
        {
          id: 'b',
          source: 'the star',
          tags: ['y', 'x'],
          language: 'en-GB',
          publishedAt: '2025-07-17',
          metadata: { n: '5', deep: { list: [], other: 'text' }, yes: false },
        },
        { id: 'c', language: 'eng', metadata: { n: null, yes: null } },
      );
      for (const [filter, ids] of FILTERS)
        expect(await filtered(filter), JSON.stringify(filter)).toEqual(ids);
    });

    it('finds phrases in whatever form of their words, and leaves out what has others', async () => {
      await put(
        { id: 'a', title: 'Night', text: 'ferries cross the bay' },
        { id: 'b', title: 'Crossing', text: 'the bay at night, a ferry crosses' },
        { id: 'c', language: 'fr', text: 'La gare du Nord est fermée' },
      );
      expect(await found({ phrases: ['ferry crosses'] })).toEqual(['a', 'b']);
      expect(await found({ phrases: ['crossing the bay'] })).toEqual(['a']);
      expect(await found({ phrases: ['night ferries'] })).toEqual([]);
      expect(await found({ phrases: ['gares'] })).toEqual(['c']);
      expect(await found({ phrases: ['est fermee'] })).toEqual(['c']);
      expect(await found({ phrases: ['ferry'], excluded: ['cross the bay'] })).toEqual(['b']);
      expect(await found({ excluded: ['ferry', 'nothing'] })).toEqual(['c']);
      expect(await found({ phrases: ['…', '"'] })).toEqual(['a', 'b', 'c']);
      const filter = parseFilter({ language: 'fr' });
      expect(await found({ filter, phrases: ['ferry'] })).toEqual([]);
      expect(await found({ filter, excluded: ['ferry'] })).toEqual(['c']);
    });

    it('finds phrases in long documents of few words, wherever they stand', async () => {
      const many = Array.from({ length: 3_000 }, (_, place) => `la${place % 7}`);
      many.splice(2_990, 0, 'blue', 'lighthouse');
      many.splice(255, 0, 'red', 'lighthouse');
      await put({ id: 'long', text: many.join(' ') }, { id: 'same', text: 'la '.repeat(20_000) });
      expect(await found({ phrases: ['red lighthouse'] })).toEqual(['long']);
      expect(await found({ phrases: ['blue lighthouse'] })).toEqual(['long']);
      expect(await found({ phrases: ['green lighthouse'] })).toEqual([]);
      expect(await found({ phrases: ['la la la la'] })).toEqual(['same']);
    });

    it('knows the words that documents have, and completes what is begun', async () => {
      const { terms } = opened.storage;
      await put(
        { id: 'a', text: 'Ferry ferry Ferries' },
        { id: 'b', text: 'ferry' },
        { id: 'c', text: 'Février', language: 'fr' },
      );
      expect(await terms.wordsFrom('fe', 10)).toEqual([
        { word: 'ferry', term: 'ferri', stemming: 'english' },
        { word: 'ferries', term: 'ferri', stemming: 'english' },
        { word: 'fevrier', term: 'fevri', stemming: 'french' },
      ]);
      expect(await terms.wordsFrom('ferr', 1)).toHaveLength(1);
      const [ferry, fevrier] = await terms.termsOfWords(['FERRIES', 'fevrier']);
      expect(ferry).toContainEqual({ term: 'ferri', stemming: 'english' });
      expect(fevrier).toContainEqual({ term: 'fevri', stemming: 'french' });
      expect(await terms.hasAny([{ term: 'fevri', stemming: 'english' }])).toBe(false);
      expect(await terms.hasAny([])).toBe(false);
    });

    it('keeps versions of one story together, the newest first', async () => {
      const { versions } = opened.storage;
      const [a = 0, b = 0, c = 0, other = 0] = await put(
        { id: 'a', text: story() },
        { id: 'b', text: story(2), publishedAt: '2025-01-01' },
        { id: 'c', text: story(3), publishedAt: '2025-01-02' },
        { id: 'other', text: 'something else' },
      );
      expect(await versions.groupOf(a)).toEqual([c, b, a]);
      expect(await versions.groupOf(other)).toEqual([other]);
      expect(await versions.groupsOf([b, other, 1e9])).toEqual(new Map([[b, [c, b, a]]]));
      const { text, signature, vectors } = made({ id: 'd', text: story(1) });
      const found = await opened.storage.versionsOf({ key: null, text, signature, vectors: vectors ?? [] });
      expect(found.toSorted((x, y) => x - y)).toEqual([a, b, c]);
      await opened.sink.remove(['b', 'c']);
      expect(await versions.groupsOf([a])).toEqual(new Map());
    });

    it('holds the vectors of documents and compares them', async () => {
      const { vectors } = opened.storage;
      const [a = 0, b = 0] = await put({ id: 'a', text: 'ferry\n\norchard' }, { id: 'b', text: 'gare' });
      const query = vectorOfText('orchard');
      const best = await vectors.held.bestCosines(query, [a, b, 1e9]);
      expect([...best.keys()].toSorted((x, y) => x - y)).toEqual([a, b]);
      expect(best.get(a)).toBeCloseTo(1, 6);
      const of = await vectors.held.of([a, b, 1e9]);
      expect(of.size).toBe(2);
      expect(of.get(a)?.size).toBe(2);
      expect(of.get(a)?.cosine(1, query)).toBeCloseTo(1, 6);
      const means = await vectors.held.means([a, b, 1e9]);
      expect(means.get(b)).toEqual(of.get(b)?.at(0));
      const mean = (await vectors.held.meanCosines(query, [a])).get(a) ?? 0;
      expect(mean).toBeLessThan(1);
      expect(mean).toBeGreaterThan(0);
      expect(await vectors.count()).toBe(3);
      const all = await vectors.after(0, 2);
      expect([...all, ...(await vectors.after(all[1]?.id ?? 0, 2))].map(({ id }) => id)).toEqual([
        ...(of.get(a)?.ids ?? []),
        ...(of.get(b)?.ids ?? []),
      ]);
      expect((await opened.semantic.passages(query, 1))[0]).toBe(of.get(a)?.ids[1]);
      await put({ id: 'a', text: 'gare' });
      expect((await vectors.held.of([a])).get(a)?.size).toBe(1);
      expect((await vectors.held.means([a])).get(a)).toEqual(means.get(b));
    });

    it('learns what the furniture of a site is', async () => {
      const { sites, documents } = opened.storage;
      const page = { site: 'x.org', headings: [], pages: [] };
      const footer = 'Impressum, Kontakt und was sonst auf jeder Seite steht';
      const keys = await put(
        ...Array.from({ length: 6 }, (_, number) => ({
          id: `p${number}`,
          text: `${`Eine Seite ${'abcdef'.charAt(number).repeat(9)} mit eigenem Text. `.repeat(9)}\n\n${footer}`,
          page,
        })),
      );
      expect((await documents.page(keys[0] ?? 0))?.parsed.site).toBe('x.org');
      expect(await sites.learn()).toEqual(['x.org']);
      expect(await sites.pages('x.org', keys[1] ?? 0, 2)).toEqual([keys[2], keys[3]]);
      await sites.tidied('x.org');
      expect(await sites.learn()).toEqual([]);
    });

    it('keeps the files that documents are from, and what of them could not be taken', async () => {
      const { files } = opened.storage;
      const place = { root: '/r', location: '/r/a', size: 5_000_000_000, touchedMs: 1.5 };
      const record = { path: 'r/a', hash: 'h', reading: 'reader 1', place, readMs: 2.25 };
      const uploaded = { path: 'u', hash: '', reading: null, place: null, readMs: null };
      const failures = ['z', 'a', 'm'].map((item) => ({ item, code: 'PARSE_FAILED', detail: 'no' }));
      await opened.recordFile(record, failures as never);
      await opened.recordFile(uploaded, []);
      const [key = 0, loose = 0] = await put({ id: 'a', file: 'r/a' }, { id: 'b' });
      expect(await files.get('r/a')).toEqual(record);
      expect(await files.get('u')).toEqual(uploaded);
      expect(await files.get('none')).toBeNull();
      expect(await files.ofDocument(key)).toEqual(record);
      expect(await files.ofDocument(loose)).toBeNull();
      expect(await files.ofRoots(['/r', '/s'])).toEqual([record]);
      expect(await files.failed()).toEqual([record]);
      expect(await files.failures('r/a')).toEqual(failures);
      expect(await files.failuresOfRoots(['/r'])).toEqual(new Map([['r/a', failures]]));
    });

    it('gives the map and the stories what they need', async () => {
      const { storage } = opened;
      const [b = 0, a = 0] = await put(
        { id: 'b', title: 'Bee', url: 'u', source: 's', publishedAt: '2025-01-01' },
        { id: 'B', text: 'beginning '.repeat(40), language: 'fr' },
      );
      const states = await storage.map.states('', 10);
      expect(states.map(({ id, key }) => [id, key])).toEqual([
        ['B', a],
        ['b', b],
      ]);
      expect((await storage.map.vectors('', 10)).map(({ id }) => id)).toEqual(['B', 'b']);
      expect((await storage.map.vectors('B', 10))[0]?.vector).toEqual(
        (await storage.vectors.held.means([b])).get(b),
      );
      const empty = { source: null, language: null, publishedAt: null };
      expect(await storage.map.rows('', 10, null)).toEqual([
        { ...empty, key: a, id: 'B', title: null, language: 'fr', beginning: 'beginning '.repeat(16) },
        {
          key: b,
          id: 'b',
          title: 'Bee',
          source: 's',
          language: null,
          publishedAt: '2025-01-01',
          beginning: null,
        },
      ]);
      expect(await storage.map.rows('', 10, parseFilter({ source: 's' }))).toHaveLength(1);
      const [newest, oldest] = await storage.storyRows(5);
      expect(newest).toEqual({
        key: b,
        id: 'b',
        title: 'Bee',
        url: 'u',
        source: 's',
        publishedAt: '2025-01-01',
        publishedMs: Date.parse('2025-01-01'),
        group: -b,
        lastPassage: states[1]?.lastPassage,
      });
      expect(oldest?.id).toBe('B');
      expect(await storage.storyRows(1)).toHaveLength(1);
    });

    it('says where it is and how large', async () => {
      await put({ id: 'a' });
      expect(await opened.storage.size()).toBeGreaterThan(1_000);
      expect(opened.storage.place).not.toBe('');
      expect(JSON.parse((await opened.storage.fingerprint()) ?? '{}')).toMatchObject({ model: 'made' });
    });
  });
}
