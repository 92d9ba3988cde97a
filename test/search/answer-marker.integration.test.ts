import { expect, it } from 'vitest';
import { WordVectors } from '../../src/embedding/word-vectors.js';
import type { AnswerMarker } from '../../src/search/answer-marker.js';
import { AnsweringSentence } from '../../src/search/answering-sentence.js';
import { soughtIn } from '../support/vocabulary.js';

const PASSAGES = [
  {
    text: 'The hall opened in May. Workers at the shipyard will lose their jobs. Rain fell.',
    language: 'en',
  },
  { text: 'Der Hafen ist zu. Die Werft entlässt ihre Leute.', language: 'de' },
  { text: '— … —', language: null },
];

it('finds in its process what is found here, also for several at once, and says so when it is closed', async () => {
  const module = new URL('../../dist/search/answer-marker.js', import.meta.url).href;
  const built = (await import(module)) as { AnswerMarker: new () => AnswerMarker };
  const marker = new built.AnswerMarker();
  const vectors = WordVectors.load();
  const queries = ['employees dismissed', 'when did the hall open?', 'Werft'].map((query) =>
    soughtIn('en', query),
  );
  const here = queries.map((words) => {
    const answering = new AnsweringSentence(words, (word) => vectors.of(word));
    return PASSAGES.map(({ text, language }) => answering.in(text, language));
  });
  const there = await Promise.all(queries.map((words) => marker.answersIn(words, PASSAGES)));
  expect(there).toEqual(here);
  expect(here[0]?.[0]).toEqual([24, 69]);
  const late = expect(marker.answersIn([], PASSAGES)).rejects.toMatchObject({ code: 'CANCELLED' });
  await marker.close();
  await late;
});
