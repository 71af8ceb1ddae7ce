/** Only what a format has said. */
export function withoutAbsent(fields: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Whether it has the form of a BCP-47 tag. */
export function isLanguageTag(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z]{2,3}(?:-[\da-z]{1,8})*$/i.test(value);
}
