/** The parameters of a statement that is put together of parts. */
export class Parameters {
  readonly values: unknown[];

  /** @param values those that have their numbers already */
  constructor(values: unknown[] = []) {
    this.values = [...values];
  }

  /** Takes a value; gives what stands for it in the statement. */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  /** Takes a part that was put together by itself, whose numbers begin at 1; gives it with those that it has here. */
  join({ sql, parameters }: { sql: string; parameters: unknown[] }): string {
    const before = this.values.length;
    this.values.push(...parameters);
    return sql.replace(/\$(\d+)/g, (_, number: string) => `$${Number(number) + before}`);
  }
}
