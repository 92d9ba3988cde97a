import { describe, expect, it } from 'vitest';
import type { Hit, HitPassage } from '../../src/search/answer.js';
import type { MarkedPassage } from '../../src/search/answer-marker.js';
import { AnsweringSentence } from '../../src/search/answering-sentence.js';
import { markAnswers } from '../../src/search/mark-answers.js';
import type { VectorOfWord } from '../../src/search/seen-words.js';

const TEXT = 'The bridge is shut. A ferry runs instead. Nobody minds.';

function passage(id: number, fields: Partial<HitPassage> = {}): HitPassage {
  const place = { start: 0, end: TEXT.length, page: null, heading: null };
  return { id, text: TEXT, score: 1, ...place, highlights: [], answer: null, ...fields };
}

function hit(passages: HitPassage[]): Hit {
  const none = { title: null, url: null, source: null, author: null, publishedAt: null, language: null };
  return { score: 1, document: { id: 'd', ...none, tags: [], metadata: {} }, passages, duplicates: [] };
}

/** Vectors of two dimensions: boats lie in one direction, all else in the other. */
const vectorOf = (word: string): Float32Array =>
  ['ferry', 'boat'].includes(word) ? Float32Array.of(1, 0) : Float32Array.of(0, 1);
const answersBy = (vectors: VectorOfWord) => async (passages: MarkedPassage[]) => {
  const answering = new AnsweringSentence([BOAT], vectors);
  return passages.map(({ text, language }) => answering.in(text, language));
};
const BOAT = { folded: 'boat', terms: [{ term: 'boat', stemming: 'english' }] };
const SENTENCE: [number, number] = [TEXT.indexOf('A ferry'), TEXT.indexOf(' Nobody')];

describe('the sentence that answers', () => {
  it('is named beside the words that were found, and is the highlight where there are none', async () => {
    const words: [number, number][] = [[4, 10]];
    const hits = [hit([passage(1), passage(2, { highlights: words })])];
    const [marked] = await markAnswers(hits, answersBy(vectorOf));
    expect(marked?.passages).toEqual([
      passage(1, { answer: SENTENCE, highlights: [SENTENCE] }),
      passage(2, { answer: SENTENCE, highlights: words }),
    ]);
  });

  it('is sought in the first hundred passages of an answer alone', async () => {
    const hits = Array.from({ length: 60 }, (_, index) => hit([passage(2 * index), passage(2 * index + 1)]));
    const marked = (await markAnswers(hits, answersBy(vectorOf))).flatMap(({ passages }) => passages);
    expect(marked.map(({ answer }) => answer !== null)).toEqual(marked.map(({ id }) => id < 100));
  });

  it('is null where no sentence has to do with the query', async () => {
    const [marked] = await markAnswers(
      [hit([passage(1)])],
      answersBy(() => null),
    );
    expect(marked?.passages).toEqual([passage(1)]);
  });
});
