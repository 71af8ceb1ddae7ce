/** A run of text on a page; lengths in points, `y` the base line from the top. */
export interface PdfText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

export interface PdfPage {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly PdfText[];
}

/** A line of a page, or of one of its columns. */
export interface PdfLine {
  /** More than one where wide gaps part it, as in a table. */
  readonly cells: readonly PdfCell[];
  readonly x: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
  /** Among the first or last lines of its page. */
  readonly atEdge: boolean;
}

export interface PdfCell {
  readonly text: string;
  readonly x: number;
  readonly right: number;
}
