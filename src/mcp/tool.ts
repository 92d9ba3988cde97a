import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { z } from 'zod';
import { AkinError } from '../errors.js';
import { explainDamage } from '../storage/damage.js';
import type { ReadableIndex } from './readable-index.js';

/** Something that a model may ask of an index. */
export interface Tool<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  name: string;
  config: { title: string; description: string; inputSchema: Input; outputSchema: Output };
  answer(index: ReadableIndex, input: z.output<Input>): Promise<ToolAnswer>;
}

/** What a tool answers: for the model to read, and for a program the same in its parts. */
export interface ToolAnswer {
  text: string;
  structured: Record<string, unknown>;
}

/** Sees failures that nobody foresaw; their words go to nobody else. */
export type OnFailure = (error: unknown) => void;

/** Answers a call of a tool; a failure is an answer too, which says the next step. */
export async function answered(
  work: () => Promise<ToolAnswer>,
  onFailure: OnFailure,
): Promise<CallToolResult> {
  try {
    const { text, structured } = await work();
    return { content: [{ type: 'text', text }], structuredContent: structured };
  } catch (thrown) {
    const error = explainDamage(thrown);
    if (error instanceof AkinError) return failed(`${error.message} [${error.code}]`);
    onFailure(error);
    return failed('Akin failed; its log tells why. [INTERNAL]');
  }
}

function failed(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}
