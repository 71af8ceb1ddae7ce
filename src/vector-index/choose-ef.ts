/** Candidates looked at in a search: this many, and more as the index grows. */
const LEAST_EF = 128;
const EF_PER_ROOT = 8;
/** With a filter each is asked for, and a narrow search finds as well. */
const FILTERED_EF_PER_ROOT = 3;

/** What finds 99 of the 100 nearest in ten: the square root of the size keeps up with it from a thousand to 60,000. */
export function chooseEf(size: number, isFiltered = false): number {
  const perRoot = isFiltered ? FILTERED_EF_PER_ROOT : EF_PER_ROOT;
  return Math.max(LEAST_EF, Math.ceil(perRoot * Math.sqrt(size)));
}
