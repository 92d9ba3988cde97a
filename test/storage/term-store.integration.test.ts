import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../src/documents/words.js';
import { parseQuery } from '../../src/search/query-syntax.js';
import { queryWords } from '../../src/search/query-words.js';
import { soughtWords } from '../../src/search/sought-words.js';
import type { Storage } from '../../src/storage/storage.js';
import { newDocument } from './new-document.js';
import { matching, openStorage } from './open-storage.js';

/** Texts of a few sentences by language, in which scripts without spaces and languages without a stemmer stand too. */
const TEXTS: Record<string, string> = {
  en: 'The planning committee approved the tidal barrage. Fishermen protested loudly against its turbines.',
  de: 'Der Stadtrat beschloss gestern die Schließung zweier Häuser am Hafen. Viele Bürger waren dagegen.',
  fr: 'Les conseillères municipales ont approuvé les nouvelles écoles générales près des forêts.',
  es: 'La administración anunció ayer las próximas elecciones. Los pescadores protestaron en Málaga.',
  ru: 'Жители города обсуждали закрытие старого моста, ёлки и майские праздники.',
  pl: 'Żółte tramwaje wróciły na ulice miasta po długim remoncie.',
  tr: 'İstanbul Boğazı’nda vapurlar bugün çalışmıyor, yolcular köprüleri kullanıyor.',
  ar: 'أعلنت المدينة عن إغلاق الجسر القديم أمام السيارات.',
  hi: 'शहर ने पुराने पुल को बंद करने की घोषणा की।',
  zh: '北京大学的学生在图书馆看书，城市关闭了旧桥。',
  ja: '東京都は古い橋の閉鎖を発表し、渡し船が走る。',
  th: 'เมืองประกาศปิดสะพานเก่าเพื่อซ่อมแซม',
  ko: '서울시는 오래된 다리를 폐쇄한다고 발표했다.',
};

function openWithTexts(): Storage {
  const { storage } = openStorage();
  for (const [language, text] of Object.entries(TEXTS)) {
    storage.documents.put(newDocument(language, [text], { language, title: `${language} 2026` }));
  }
  return storage;
}

describe('words', () => {
  const idsOf = (storage: Storage, keys: number[]): string[] =>
    [...storage.documents.rows(keys).values()].map(({ id }) => id);
  const searched = async (storage: Storage, query: string, prefix?: boolean): Promise<string[]> => {
    const { text, unfinished } = parseQuery(query);
    const words = await soughtWords(queryWords(text), storage.terms, { unfinished, prefix });
    const found = await matching(storage, ...words.map(({ terms }) => terms));
    return found.flatMap(({ document }) => idsOf(storage, [document]));
  };

  it.each(
    Object.entries(TEXTS),
  )('of a text in %s find it, each alone and any in a row', async (language, text) => {
    const storage = openWithTexts();
    const words = wordsOf(text);
    await fc.assert(
      fc.asyncProperty(fc.nat(words.length - 1), fc.nat(5), async (first, more) => {
        const { start = 0, end = 0 } = words[first] ?? {};
        expect(await searched(storage, text.slice(start, end))).toContain(language);
        const phrase = text.slice(start, words[first + more]?.end ?? text.length);
        expect(idsOf(storage, storage.phrases.documentsWith([phrase], []))).toContain(language);
        expect(idsOf(storage, storage.phrases.documentsWith([], [phrase]))).not.toContain(language);
      }),
    );
  });

  it.each([
    ['Haus', 'de'],
    ['hauser', 'de'],
    ['école', 'fr'],
    ['elección', 'es'],
    ['administracion', 'es'],
    ['мосты', 'ru'],
    ['turbine', 'en'],
    ['zółty tramwaje', 'pl'],
    ['ISTANBUL', 'tr'],
    ['図書館', undefined],
    ['大学', 'zh'],
    ['橋', 'ja'],
  ])('are found in another form: %s', async (query, language) => {
    const [first] = await searched(openWithTexts(), query);
    expect(first).toBe(language);
  });

  it('count once and are as rare as in all languages together, whichever form a document has', async () => {
    const { storage } = openStorage();
    for (let number = 0; number < 20; number++)
      storage.documents.put(newDocument(`x${number}`, ['rain', 'fog']));
    const alike = ['management of ships', 'managing of ships', 'manager of ships'];
    for (const [index, text] of alike.entries()) storage.documents.put(newDocument(`en${index}`, [text]));
    storage.documents.put(newDocument('pl', ['management of ships'], { language: 'pl' }));
    storage.documents.put(newDocument('both', ['management manag ships'], { language: 'pl' }));
    const terms = storage.terms.termsOf('management');
    const [first, ...others] = await matching(storage, terms);
    expect(terms).toEqual([
      { term: 'manag', stemming: 'english' },
      { term: 'management', stemming: 'none' },
    ]);
    expect(others).toHaveLength(4);
    for (const { score } of others) expect(score).toBeCloseTo(first?.score ?? 0, 10);
  });

  it('count in their own language alone', async () => {
    const { storage } = openStorage();
    // In German `owner` would be a form of `own`.
    storage.documents.put(newDocument('own', ['Their own boats'], { language: 'en' }));
    storage.documents.put(newDocument('owner', ['The owner of the boats'], { language: 'en' }));
    storage.documents.put(newDocument('de', ['Ein Boot am Ufer'], { language: 'de' }));
    expect(await searched(storage, 'owner')).toEqual(['owner']);
    expect(idsOf(storage, storage.phrases.documentsWith([], ['owner']))).toEqual(['own', 'de']);
  });

  it('of a document that is gone are nowhere, those of others stay', () => {
    const { storage } = openStorage();
    storage.documents.put(newDocument('a', ['Secret turbines hum'], { title: 'Secret' }));
    storage.documents.put(newDocument('b', ['The turbines hum']));
    storage.documents.put(newDocument('a', ['Turbines rest'], { language: 'de' }));
    expect(storage.terms.wordsFrom('s', 9)).toEqual([]);
    expect(storage.terms.wordsFrom('turb', 9).map(({ word }) => word)).toEqual(['turbines', 'turbines']);
    storage.documents.remove('a');
    storage.documents.remove('b');
    expect(storage.terms.wordsFrom('', 9)).toEqual([]);
  });

  it('that are just begun find what begins with them, where that is asked for or nothing else is found', async () => {
    const { storage } = openStorage();
    storage.documents.put(newDocument('running', ['They were running late.']));
    storage.documents.put(newDocument('carpet', ['A red carpet.']));
    storage.documents.put(newDocument('car', ['A red car.']));
    expect(await searched(storage, 'runnin')).toEqual(['running']);
    expect(await searched(storage, 'runnin', false)).toEqual([]);
    expect(await searched(storage, 'runnin ')).toEqual([]);
    expect(await searched(storage, 'runnin late')).toEqual(['running']);
    expect(await searched(storage, 'car')).toEqual(['car']);
    expect((await searched(storage, 'car', true)).sort()).toEqual(['car', 'carpet']);
  });

  it('with a common beginning are tried in bounded number, the most frequent first', async () => {
    const { storage } = openStorage();
    for (let number = 100; number < 300; number++) {
      storage.documents.put(newDocument(`x${number}`, [`word${number} ${number % 2 ? 'wordless' : ''}`]));
    }
    const [word] = await soughtWords(queryWords('wor'), storage.terms, { unfinished: 'wor', prefix: true });
    expect(word?.terms.length).toBeLessThanOrEqual(20);
    expect(word?.terms.map(({ term }) => term)).toContain('wordless');
  });
});
