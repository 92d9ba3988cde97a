import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AkinError } from '../src/errors.js';
import { parseFilter } from '../src/filter.js';

function issuesOf(filter: unknown): string[] {
  try {
    parseFilter(filter);
  } catch (error) {
    if (!(error instanceof AkinError)) throw error;
    expect(error.code).toBe('INVALID_REQUEST');
    return (error.issues ?? []).map(({ path }) => path);
  }
  return [];
}

describe('parseFilter', () => {
  it('takes a bare value for equality and several fields for all of them', () => {
    expect(parseFilter({ source: 'The Star', 'metadata.desk': { ne: 'sport' } })).toEqual({
      and: [
        { field: 'source', operator: 'eq', value: 'The Star' },
        { field: 'metadata.desk', operator: 'ne', value: 'sport' },
      ],
    });
  });

  it.each([
    [{ colour: 'red' }, 'filter.colour'],
    [{ 'metadata.a\0b': 'red' }, 'filter.metadata.a\0b'],
    [{ source: { like: 'x' } }, 'filter.source.like'],
    [{ and: [{ source: 'a' }, { or: [{ nope: 1 }] }] }, 'filter.and.1.or.0.nope'],
    [{ publishedAt: { gte: 'yesterday' } }, 'filter.publishedAt.gte'],
    [{ tags: { in: 'ai' } }, 'filter.tags.in'],
    [{ source: null }, 'filter.source'],
    ['source', 'filter'],
    [{ not: [] }, 'filter.not'],
  ])('refuses %j and names the place', (filter, path) => {
    expect(issuesOf(filter)).toContain(path);
  });

  it('refuses what is nested or long beyond reason', () => {
    let deep: unknown = { source: 'a' };
    for (let i = 0; i < 50; i++) deep = { not: deep };
    expect(issuesOf(deep)).not.toEqual([]);
    expect(issuesOf({ or: Array.from({ length: 1_000 }, () => ({ source: 'a' })) })).not.toEqual([]);
  });

  it('gives a filter or an error with issues for whatever JSON comes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          expect(parseFilter(value)).toBeTypeOf('object');
        } catch (error) {
          expect(error).toBeInstanceOf(AkinError);
        }
      }),
    );
  });
});
