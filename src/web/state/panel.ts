import { signal } from '@preact/signals';
import type { CitationView } from '../api/views.ts';

/** What stands beside the answers. */
export type Panel =
  | { readonly kind: 'source'; readonly citation: CitationView; readonly citations: readonly CitationView[] }
  | { readonly kind: 'receipt'; readonly turnId: string };

export const panel = signal<Panel | undefined>(undefined);

/** Who opened the panel gets the focus back. */
let opener: Element | null = null;

export function openPanel(next: Panel): void {
  if (panel.value === undefined) opener = document.activeElement;
  panel.value = next;
}

export function closePanel(): void {
  if (panel.value === undefined) return;
  panel.value = undefined;
  if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  opener = null;
}

/** The citation whose card hovers, and where its marker is. */
export const preview = signal<{ readonly citation: CitationView; readonly marker: HTMLElement } | undefined>(undefined);
