/** Drawn on a grid of 20 by 20, in strokes of the text's colour. */
const PATHS = {
  plus: 'M10 4v12M4 10h12',
  sidebar: 'M3 4h14v12H3zM8 4v12',
  copy: 'M7 7h9v10H7zM4 13V3h9',
  link: 'M8.5 11.5a3 3 0 0 0 4.2 0l2.8-2.8a3 3 0 0 0-4.2-4.2L10 5.8M11.5 8.5a3 3 0 0 0-4.2 0l-2.8 2.8a3 3 0 0 0 4.2 4.2l1.3-1.3',
  download: 'M10 3v10M6 9.5l4 4 4-4M4 17h12',
  receipt: 'M5 2.5v15l2.5-1.6L10 17.5l2.5-1.6 2.5 1.6v-15zM8 7h4M8 10.5h4',
  up: 'M6.5 9.2 9.7 3c1.3 0 2 .9 1.8 2.2L11 8h4.3c1 0 1.7.9 1.5 1.9l-1.1 5.4c-.2.8-.9 1.4-1.7 1.4H6.500zM3.2 9.200h3.300v7.500H3.200z',
  down: 'M6.5 10.8 9.7 17c1.3 0 2-.900 1.8-2.200L11 12h4.300c1 0 1.7-.900 1.5-1.900l-1.1-5.400c-.200-.800-.900-1.4-1.7-1.400H6.500zM3.2 10.800h3.300V3.300H3.200z',
  close: 'M5 5l10 10M15 5 5 15',
  left: 'M12 4.5 6.5 10l5.5 5.5',
  right: 'M8 4.5 13.5 10 8 15.5',
  send: 'M10 16V4.500M5 9l5-5 5 5',
  stop: 'M6 6h8v8H6z',
  calendar: 'M3.5 5h13v12h-13zM3.5 8.500h13M7 2.500v4M13 2.500v4',
  filter: 'M3 5h14M6 10h8M8.5 15h3',
  outside: 'M8 4H4v12h12v-4M11 4h5v5M16 4l-7 7',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  again: 'M15.5 7A6.3 6.3 0 1 0 16.3 10M16 3v4.200h-4.2',
  check: 'M4 10.5 8.2 15 16 5.5',
  book: 'M10 5.500C8 4 5.5 3.5 3 3.800v11.500c2.5-.300 5 .200 7 1.7 2-1.5 4.5-2 7-1.700V3.800c-2.5-.300-5 .200-7 1.700zM10 5.500V17',
  globe:
    'M10 2.500a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM2.5 10h15M10 2.500c2.2 2 3.2 4.6 3.2 7.500s-1 5.5-3.2 7.500c-2.2-2-3.2-4.6-3.2-7.500s1-5.5 3.2-7.500z',
  contrast: 'M10 2.500a7.5 7.5 0 1 0 0 15zM10 2.500a7.5 7.5 0 0 1 0 15',
  zoomIn: 'M8.5 3a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM12.5 12.5 17 17M8.5 6v5M6 8.500h5',
  zoomOut: 'M8.5 3a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM12.5 12.5 17 17M6 8.500h5',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside words, or in a control that is named otherwise. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" data-icon={name} viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
