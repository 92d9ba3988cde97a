import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { SearchGate } from '../../src/http/search-gate.js';

/** A request with work that ends when it is told to. */
function ask(gate: SearchGate): {
  answer: Promise<string>;
  response: EventEmitter;
  begun: () => boolean;
  signal: () => AbortSignal | undefined;
  finish: () => void;
} {
  const response = new EventEmitter();
  let signal: AbortSignal | undefined;
  let finish: () => void = () => undefined;
  const answer = gate.run(response, (given) => {
    signal = given;
    return new Promise<string>((resolve) => {
      finish = () => resolve('answer');
    });
  });
  // Each test looks at it later.
  answer.catch(() => undefined);
  return {
    answer,
    response,
    begun: () => signal !== undefined,
    signal: () => signal,
    finish: () => finish(),
  };
}

const turns = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('SearchGate', () => {
  it('lets so many in, so many wait, and refuses the others', async () => {
    const gate = new SearchGate({ maxSearches: 2, maxWaitingSearches: 1, searchWaitMs: 60_000 });
    const asked = [ask(gate), ask(gate), ask(gate), ask(gate)];
    await turns();
    expect(asked.map(({ begun }) => begun())).toEqual([true, true, false, false]);
    expect([gate.running, gate.waiting]).toEqual([2, 1]);
    await expect(asked[3]?.answer).rejects.toMatchObject({ code: 'BUSY' });
    asked[0]?.finish();
    await expect(asked[0]?.answer).resolves.toBe('answer');
    await turns();
    expect(asked[2]?.begun()).toBe(true);
  });

  it('never begins the work of a client that is gone', async () => {
    const gate = new SearchGate({ maxSearches: 1, maxWaitingSearches: 5, searchWaitMs: 60_000 });
    const [first, gone, last] = [ask(gate), ask(gate), ask(gate)];
    await turns();
    gone.response.emit('close');
    await expect(gone.answer).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(gate.waiting).toBe(1);
    first.finish();
    await first.answer;
    await turns();
    expect([gone.begun(), last.begun()]).toEqual([false, true]);
  });

  it('tells work under way that its client is gone, and lets no other in beside it', async () => {
    const gate = new SearchGate({ maxSearches: 1, maxWaitingSearches: 5, searchWaitMs: 60_000 });
    const [first, second] = [ask(gate), ask(gate)];
    await turns();
    expect(first.signal()?.aborted).toBe(false);
    first.response.emit('close');
    await turns();
    expect(first.signal()?.reason).toMatchObject({ code: 'CANCELLED' });
    expect(second.begun()).toBe(false);
    first.finish();
    await turns();
    expect(second.begun()).toBe(true);
  });

  it('refuses who has waited too long, and nobody who is being answered', async () => {
    const gate = new SearchGate({ maxSearches: 1, maxWaitingSearches: 5, searchWaitMs: 5 });
    const [first, second] = [ask(gate), ask(gate)];
    await expect(second.answer).rejects.toMatchObject({ code: 'BUSY' });
    first.finish();
    await expect(first.answer).resolves.toBe('answer');
  });
});
