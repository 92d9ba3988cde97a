/** What an element may hold. Text stays text, whatever it looks like; null leaves nothing. */
export type Child = Node | string | null;

/** Attribute values: true is present and empty; false and null are absent. */
export type Attributes = Record<string, string | boolean | null>;

/** A new element. Nothing given here is ever read as markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) created.setAttribute(name, value === true ? '' : value);
  }
  created.append(...children.filter((child) => child !== null));
  return created;
}

/** The element of the page with an id. Throws when the page has none of that kind: then index.html is another version. */
export function existing<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`index.html has no ${kind.name} with the id ${id}`);
  return found;
}
