// Loaded before a program: its clock leaps a year forward or back with every look.
const now = Date.now;
let looks = 0;
Date.now = () => now() + (looks++ % 2 === 0 ? 1 : -1) * 365 * 86_400_000;
