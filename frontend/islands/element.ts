// Makes elements in one line. Not a template language: islands are small enough to be said in DOM.

type Child = Node | string | null;

/** Make an element; an attribute that is false is left out, one that is true stands without a value. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: { readonly [name: string]: string | number | boolean } = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null) made.append(child);
  return made;
}

/** Put children in the place of whatever a node holds. */
export function fill(node: Node, ...children: readonly Node[]): void {
  while (node.firstChild) node.removeChild(node.firstChild);
  for (const child of children) node.appendChild(child);
}
