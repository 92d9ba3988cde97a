import { WordVectors } from '../embedding/word-vectors.js';
import { serveTasks } from '../workers/serve-tasks.js';
import type { MarkingTask } from './answer-marker.js';
import { AnsweringSentence } from './answering-sentence.js';
import type { TextRange } from './highlight.js';

const vectors = WordVectors.load();

serveTasks<MarkingTask>(async ({ words, passages }): Promise<(TextRange | null)[]> => {
  const answering = new AnsweringSentence(words, (word) => vectors.of(word));
  return passages.map(({ text, language }) => answering.in(text, language));
});
