import { EXPECTATIONS } from '../support/expectations.js';

const { questions, unanswerable } = EXPECTATIONS;
const question = questions.find(({ query }) => query.includes('running along the coast'));
if (!question || !unanswerable[0])
  throw new Error('expectations.json is another one than the tests of the page are about');

/** A question that is answered, the document that answers it, and a question that nothing answers. */
export const PAGE_QUERIES = {
  question: question.query,
  answering: question.documents[0] ?? '',
  unanswerable: unanswerable[0],
};
