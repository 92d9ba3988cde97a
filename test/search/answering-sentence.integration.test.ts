import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dot } from '../../src/embedding/vector-math.js';
import { WordVectors } from '../../src/embedding/word-vectors.js';
import { AnsweringSentence } from '../../src/search/answering-sentence.js';
import { matchWords, type TextRange } from '../../src/search/highlight.js';
import { sentencesOf } from '../../src/search/sentences.js';
import { soughtIn } from '../support/vocabulary.js';

/** Passages of the corpus with questions in other words, written before anything was measured. */
const judged = JSON.parse(readFileSync(new URL('./answering-sentences.json', import.meta.url), 'utf8')) as {
  passage: string;
  questions: { query: string; answer: string }[];
}[];
const vectors = WordVectors.load();
const questions = judged.flatMap(({ passage, questions: own }) =>
  own.map((question) => ({ passage, ...question })),
);

/** For how many of the questions the sentence chosen is the one that answers. */
function right(choose: (query: string, passage: string) => TextRange | null): number {
  return questions.filter(({ query, passage, answer }) =>
    passage.slice(...(choose(query, passage) ?? [0, 0])).includes(answer),
  ).length;
}

function answerOf(query: string, passage: string, language = 'en'): string | null {
  const range = new AnsweringSentence(soughtIn(language, query), (word) => vectors.of(word)).in(
    passage,
    language,
  );
  return range && passage.slice(...range);
}

describe('the sentence that answers', () => {
  it('is found for most questions in other words, far more often than by the words they share', () => {
    const byWords = right((query, passage) => {
      const scored = sentencesOf(passage, 'en').map((range) => ({
        range,
        coverage: matchWords(passage.slice(...range), soughtIn('en', query), 'en').coverage,
      }));
      return scored.toSorted((a, b) => b.coverage - a.coverage)[0]?.range ?? null;
    });
    const byMeaning = right((query, passage) =>
      new AnsweringSentence(soughtIn('en', query), (word) => vectors.of(word)).in(passage, 'en'),
    );
    expect(questions).toHaveLength(70);
    expect(byMeaning / questions.length).toBeGreaterThanOrEqual(0.55);
    expect(byMeaning).toBeGreaterThanOrEqual(byWords * 1.7);
  });

  it('may share no word with the query', () => {
    const passage =
      'The hall opened in May. Its roof is of glass. Workers at the shipyard will lose their jobs. Rain fell.';
    expect(answerOf('employees dismissed', passage)).toBe('Workers at the shipyard will lose their jobs.');
  });

  it('is the one with the words of the query where these are no words of the model', () => {
    const passage = 'Der Hafen ist zu. 霧が濃い。 Straßenbahnen fahren.';
    expect(answerOf('霧が濃い', passage, 'de')).toBe('霧が濃い。');
  });

  it('is none where there is nothing to compare', () => {
    expect(answerOf('渡し船', 'Мост закрыт.')).toBeNull();
    expect(answerOf('bridge', '— … —')).toBeNull();
  });
});

describe('word vectors', () => {
  it('are of length one, and nearer for words of like meaning', () => {
    const of = (word: string): Float32Array => vectors.of(word) ?? new Float32Array();
    expect(dot(of('ship'), of('ship'))).toBeCloseTo(1, 5);
    expect(dot(of('ship'), of('boat'))).toBeGreaterThan(dot(of('ship'), of('pear')) + 0.1);
    expect(dot(of('blackmailers'), of('extortionists'))).toBeGreaterThan(
      dot(of('blackmailers'), of('pears')),
    );
  });
});
