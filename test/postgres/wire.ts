// Messages of PostgreSQL's protocol. https://www.postgresql.org/docs/current/protocol-message-formats.html

export interface Message {
  /** A letter; empty for the one that begins a connection. */
  type: string;
  /** The whole message. */
  bytes: Buffer;
  /** What stands behind its head. */
  body: Buffer;
}

const HEAD = 5;

/** The messages at the beginning of some bytes that are there to their end, and what is left. */
export function readMessages(bytes: Buffer): { messages: Message[]; rest: Buffer } {
  const messages: Message[] = [];
  let start = 0;
  while (bytes.length - start >= HEAD) {
    const end = start + 1 + bytes.readInt32BE(start + 1);
    if (end > bytes.length) break;
    messages.push({
      type: String.fromCharCode(bytes[start] ?? 0),
      bytes: bytes.subarray(start, end),
      body: bytes.subarray(start + HEAD, end),
    });
    start = end;
  }
  return { messages, rest: bytes.subarray(start) };
}

/** The message without a letter that begins a connection; null while it has not come to its end. */
export function readStart(bytes: Buffer): { code: number; length: number } | null {
  if (bytes.length < 8) return null;
  const length = bytes.readInt32BE(0);
  return length > bytes.length ? null : { code: bytes.readInt32BE(4), length };
}

export function message(type: string, body: Buffer | string = ''): Buffer {
  const content = typeof body === 'string' ? Buffer.from(body) : body;
  const head = Buffer.alloc(HEAD);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}

export const text = (value: string): Buffer => Buffer.from(`${value}\0`);
