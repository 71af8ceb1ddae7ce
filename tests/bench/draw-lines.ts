import { chromium } from 'playwright-core';
import { findChromium } from '../support/environment.ts';

export interface Line {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly (readonly [number, number])[];
}

export interface Panel {
  readonly title: string;
  readonly lines: readonly Line[];
}

const WIDTH = 420;
const HEIGHT = 300;
/** Panels in a row, at most. */
const COLUMNS = 4;
const EDGE = { left: 60, right: 20, top: 40, bottom: 48 };

/** Draws panels in rows, all over one kind of x, as a picture. @throws Error where there is no Chromium. */
export async function drawLines(panels: readonly Panel[], xTitle: string): Promise<Buffer> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('A picture needs Chromium: CHROMIUM_PATH names it.');
  const size = { width: WIDTH * Math.min(COLUMNS, panels.length), height: HEIGHT * Math.ceil(panels.length / COLUMNS) };
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage({ viewport: size, deviceScaleFactor: 2 });
    const drawn = panels.map((panel, i) => {
      const [x, y] = [(i % COLUMNS) * WIDTH, Math.floor(i / COLUMNS) * HEIGHT];
      return `<g transform="translate(${x} ${y})">${drawPanel(panel, xTitle)}</g>`;
    });
    await page.setContent(
      `<body style="margin:0;background:#fff"><svg width="${size.width}" height="${size.height}" font-family="sans-serif" font-size="12">${drawn.join('')}</svg>`,
    );
    return await page.screenshot();
  } finally {
    await browser.close();
  }
}

function drawPanel({ title, lines }: Panel, xTitle: string): string {
  const points = lines.flatMap((line) => line.points);
  const [xMost, yMost] = [roundUp(points.map(([x]) => x)), roundUp(points.map(([, y]) => y))];
  const x = (value: number): number => EDGE.left + (value / xMost) * (WIDTH - EDGE.left - EDGE.right);
  const y = (value: number): number => HEIGHT - EDGE.bottom - (value / yMost) * (HEIGHT - EDGE.top - EDGE.bottom);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<line x1="${x(0)}" x2="${x(xMost)}" y1="${y(share * yMost)}" y2="${y(share * yMost)}" stroke="#ddd"/>
       <text x="${x(0) - 6}" y="${y(share * yMost) + 4}" text-anchor="end">${format(share * yMost)}</text>
       <text x="${x(share * xMost)}" y="${y(0) + 16}" text-anchor="middle">${format(share * xMost)}</text>`,
  );
  const drawn = lines.map(({ name, colour, points: own }, i) => {
    const path = own.map(([px, py]) => `${x(px)},${y(py)}`).join(' ');
    const dots = own.map(([px, py]) => `<circle cx="${x(px)}" cy="${y(py)}" r="3" fill="${colour}"/>`).join('');
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots}
      <text x="${x(0) + 10}" y="${EDGE.top + 14 + 16 * i}" fill="${colour}">${name}</text>`;
  });
  return `${ticks.join('')}${drawn.join('')}
    <text x="${x(0)}" y="22" font-size="14" font-weight="bold">${title}</text>
    <text x="${x(xMost / 2)}" y="${HEIGHT - 10}" text-anchor="middle">${xTitle}</text>`;
}

/** The next number that is easily divided. */
function roundUp(values: readonly number[]): number {
  const most = Math.max(...values, 1);
  const power = 10 ** Math.floor(Math.log10(most));
  return ([1, 2, 4, 6, 8, 10].find((step) => step * power >= most) ?? 10) * power;
}

function format(value: number): string {
  return value >= 10 || value === 0 ? value.toFixed(0) : value.toFixed(1);
}
