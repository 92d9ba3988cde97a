import type { RequestHandler } from 'express';
import type { Config } from '../config.js';
import { AnswerBudget } from '../search/answer-budget.js';

/**
 * Refuses answers in JSON that are larger than one may be. What can grow large counts while it is made, by the request's
 * budget; this is for all others.
 */
export function boundAnswers({ maxAnswerBytes }: Pick<Config, 'maxAnswerBytes'>): RequestHandler {
  return (_request, response, next) => {
    const budget = new AnswerBudget(maxAnswerBytes);
    response.locals.budget = budget;
    response.json = (answer) => {
      const text = budget.write(answer);
      return response.type('json').send(text);
    };
    next();
  };
}
