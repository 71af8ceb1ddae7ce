type Attributes = Readonly<Record<string, string | undefined>>;

/** An element with attributes (undefined ones are left out) and children. Text stays text: nothing is parsed as HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** The element of the page with this id. */
export function findElement<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no #${id}.`);
  return found;
}

/** A link to another site, opened beside this page and told nothing about it. Other schemes than the web's are no link. */
export function outsideLink(url: string | undefined, text: string): HTMLElement {
  if (url === undefined || !/^https?:\/\//i.test(url)) return element('span', {}, [text]);
  return element('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, [text]);
}
