import type { Element, Nodes, Parents } from 'hast';

/** The elements directly below a node. */
export function childrenOf(node: Nodes): Element[] {
  return 'children' in node ? (node.children as Nodes[]).filter((child) => child.type === 'element') : [];
}

/** Every element of these names below a node, in order. */
export function findAll(node: Nodes, ...names: string[]): Element[] {
  const found: Element[] = [];
  walk(node, (element) => {
    if (names.includes(element.tagName)) found.push(element);
    return true;
  });
  return found;
}

/** Visits elements in order, below those for which `visit` is true. */
export function walk(node: Nodes, visit: (element: Element, parent: Parents) => boolean): void {
  if (!('children' in node)) return;
  const stack: { element: Element; parent: Parents }[] = childrenOf(node)
    .toReversed()
    .map((element) => ({ element, parent: node }));
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (!visit(next.element, next.parent)) continue;
    for (const element of childrenOf(next.element).toReversed()) stack.push({ element, parent: next.element });
  }
}

/** All text below a node, white space as single spaces. */
export function textOf(node: Nodes): string {
  const parts: string[] = [];
  const stack: Nodes[] = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.type === 'text') parts.push(next.value);
    else if ('children' in next) stack.push(...next.children.toReversed());
  }
  return parts.join('').replaceAll(/\s+/gu, ' ').trim();
}
