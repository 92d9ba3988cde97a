import { describe, expect, it } from 'vitest';
import { AnsweringSentence } from '../../src/search/answering-sentence.js';
import type { VectorOfWord } from '../../src/search/seen-words.js';
import type { SoughtWord } from '../../src/search/sought-words.js';

function sought(folded: string, term = folded): SoughtWord {
  return { folded, terms: [{ term, stemming: 'english' }] };
}

/** Words by how near they are to the query's one word, `ferry`; all others are at a right angle to it. */
function nearTo(cosines: Record<string, number>): VectorOfWord {
  return (folded) => {
    const cosine = folded === 'ferry' ? 1 : (cosines[folded] ?? 0);
    return Float32Array.of(cosine, Math.sqrt(1 - cosine ** 2));
  };
}

/** The sentence that answers, as text. */
function answerIn(passage: string, vectorOf: VectorOfWord, words = [sought('ferry')]): string | null {
  const range = new AnsweringSentence(words, vectorOf).in(passage, 'en');
  return range && passage.slice(...range);
}

describe('the sentence that answers', () => {
  it.each([
    {
      // Launch: 0.9, and (0.9, 0.436 + 1 + 1) is (0.9, 2.436), of cosine 0.347: 1.247. Boat: 0.8 and 0.8.
      what: 'is near as a whole, though another has a nearer word',
      cosines: { launch: 0.9, boat: 0.8 },
      passage: 'Launch costs rose. Boat.',
      answer: 'Boat.',
    },
    {
      // Boat: 0.7 and 0.7. Vessel: 0.95, and (0.95 + 0.2, 0.312 + 0.980) = (1.15, 1.292) has 0.665: 1.615.
      what: 'has the nearer word, though another is nearer as a whole',
      cosines: { boat: 0.7, vessel: 0.95, left: 0.2 },
      passage: 'Boat. Vessel left.',
      answer: 'Vessel left.',
    },
    {
      what: 'is the first of two that are as near',
      cosines: { boat: 0.7, vessel: 0.7 },
      passage: 'Boat. Vessel.',
      answer: 'Boat.',
    },
    {
      what: 'is the only one, if it has to do with the query',
      cosines: { boat: 0.1 },
      passage: 'A boat sank.',
      answer: 'A boat sank.',
    },
    {
      what: 'is none where nothing has to do with the query',
      cosines: {},
      passage: 'The cat slept. Dogs bark.',
      answer: null,
    },
    {
      what: 'is none where the only one has nothing to do with it',
      cosines: {},
      passage: 'The cat slept.',
      answer: null,
    },
    {
      // The: 0.99 for the nearest word, but as a whole only the boat's 0.8: 1.79. With both, (1.79, 0.741) has 0.924.
      // Vessel: 0.92 and 0.92.
      what: 'is not nearer as a whole by words that say nothing',
      cosines: { the: 0.99, boat: 0.8, vessel: 0.92 },
      passage: 'The boat. Vessel.',
      answer: 'Vessel.',
    },
  ])('$what', ({ cosines, passage, answer }) => {
    expect(answerIn(passage, nearTo(cosines))).toBe(answer);
  });

  it('takes forms of a word for the word, also without vectors', () => {
    const passage = 'Nobody minds. Two ferries ran.';
    expect(answerIn(passage, () => null, [sought('ferry', 'ferri')])).toBe('Two ferries ran.');
  });

  it('leaves out of the whole what has no vector', () => {
    const vectorOf: VectorOfWord = (folded) => (folded === 'akin' ? null : nearTo({ boat: 0.7 })(folded));
    expect(answerIn('Akin sleeps. Akin boat.', vectorOf, [sought('ferry'), sought('akin')])).toBe(
      'Akin boat.',
    );
  });

  it('takes the mean over the words of the query', () => {
    // The first has one of the two words, the second both; nothing is near as a whole.
    const passage = 'A ferry ran. The ferry burned.';
    const words = [sought('ferry', 'ferri'), sought('burn')];
    expect(answerIn(passage, () => null, words)).toBe('The ferry burned.');
  });

  it('compares the first 32 words of a query', () => {
    const words = [...Array.from({ length: 31 }, (_, i) => sought(`none${i}`)), sought('cat'), sought('dog')];
    expect(answerIn('Dogs bark. The cat slept.', () => null, words)).toBe('The cat slept.');
    expect(answerIn('Dogs bark. Nobody minds.', () => null, words)).toBeNull();
  });

  it('is none for a query without words', () => {
    expect(answerIn('A ferry ran.', nearTo({}), [])).toBeNull();
  });
});
