import { describe, expect, it } from 'vitest';
import { AnswerBudget } from '../../src/search/answer-budget.js';

const tooLarge = expect.objectContaining({
  code: 'ANSWER_TOO_LARGE',
  message: expect.stringContaining('10 bytes'),
});

describe('the budget of an answer', () => {
  it('counts what is taken in bytes of JSON', () => {
    const budget = new AnswerBudget(10);
    budget.take('ab');
    budget.take('éé');
    expect(() => budget.take('')).toThrow(tooLarge);
  });

  it('writes an answer that is as large as one may be, and none that is larger', () => {
    const budget = new AnswerBudget(10);
    expect(budget.write(['éé', 1])).toBe('["éé",1]');
    expect(() => budget.write(['éé', 11])).toThrow(tooLarge);
  });
});
