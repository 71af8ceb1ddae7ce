import type { Element, Parents, Root } from 'hast';
import { findAll, textOf, walk } from './hast.ts';

/** Never content. */
const NO_CONTENT = new Set(
  `head script style noscript template svg canvas iframe object embed audio video nav aside dialog footer button select
  input textarea menu`.split(/\s+/),
);
const NO_CONTENT_ROLES = new Set(
  'navigation banner contentinfo search dialog alertdialog complementary menu menubar toolbar'.split(' '),
);
/** Parts of class names and ids that sites give to what surrounds their content. */
const SURROUNDINGS = new Set(
  `cookie cookies consent gdpr breadcrumb breadcrumbs navbar nav navigation menu sidebar share sharing social subscribe
  newsletter popup modal advert advertisement ads promo masthead toolbar pagination pager skiplink footer sitemap`.split(
    /\s+/,
  ),
);
/** An element that holds more than this share of the text is no surrounding, whatever it is called. */
const MOST_OF_SURROUNDING = 0.4;
/** A part with more of its text in links is a menu. */
const LINK_SHARE = 0.6;
const FEWEST_LINKS = 4;
/** What is marked as the main content has to hold this share of the page's text. */
const LEAST_OF_MAIN = 0.3;
/** A paragraph of a header that is longer than this is content. */
const PROSE_LENGTH = 80;

/** The part of a page that is its content. Removes what is none from the tree. */
export function findContent(root: Root): Element | Root {
  const total = Math.max(1, textOf(findAll(root, 'body')[0] ?? root).length);
  walk(root, (element, parent) => {
    if (!isClutter(element, total)) return true;
    remove(element, parent);
    return false;
  });
  const left = textOf(root).length;
  const marked = [...findAll(root, 'main'), ...findByRole(root, 'main'), ...findAll(root, 'article')];
  const main = marked.find((element) => textOf(element).length >= left * LEAST_OF_MAIN);
  if (main) return main;
  removeMenus(root);
  return root;
}

function isClutter(element: Element, total: number): boolean {
  const { tagName, properties } = element;
  if (NO_CONTENT.has(tagName) || NO_CONTENT_ROLES.has(String(properties['role'])) || isHidden(element)) return true;
  if (tagName === 'header') return !hasProse(element);
  return isNamedSurrounding(element) && textOf(element).length < total * MOST_OF_SURROUNDING;
}

function isHidden({ properties }: Element): boolean {
  if (properties['hidden'] !== undefined || String(properties['ariaHidden']) === 'true') return true;
  return /display\s*:\s*none|visibility\s*:\s*hidden/i.test(properties['style'] ?? '');
}

function hasProse(header: Element): boolean {
  return findAll(header, 'p', 'li').some((part) => textOf(part).length > PROSE_LENGTH && linkShare(part) < LINK_SHARE);
}

function isNamedSurrounding({ tagName, properties: { className, id } }: Element): boolean {
  if (tagName === 'body' || tagName === 'main' || tagName === 'article') return false;
  const names = [...(Array.isArray(className) ? className : []), id ?? ''].join(' ');
  return names
    .toLowerCase()
    .split(/[\s_-]+/)
    .some((part) => SURROUNDINGS.has(part));
}

/** Lists and blocks that are links for the most part. */
function removeMenus(root: Root): void {
  walk(root, (element, parent) => {
    if (!['ul', 'ol', 'div', 'section', 'table'].includes(element.tagName)) return true;
    if (findAll(element, 'a').length < FEWEST_LINKS || linkShare(element) < LINK_SHARE) return true;
    remove(element, parent);
    return false;
  });
}

function linkShare(element: Element): number {
  const length = textOf(element).length;
  const linked = findAll(element, 'a').reduce((sum, link) => sum + textOf(link).length, 0);
  return length === 0 ? 0 : linked / length;
}

function findByRole(root: Root, role: string): Element[] {
  const found: Element[] = [];
  walk(root, (element) => {
    if (element.properties['role'] === role) found.push(element);
    return true;
  });
  return found;
}

function remove(element: Element, parent: Parents): void {
  const at = (parent.children as unknown[]).indexOf(element);
  if (at !== -1) parent.children.splice(at, 1);
}
