/** Whether an import failed for a package that is not installed, or something that it needs. */
export function isMissingPackage(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  const cause = (error as { cause?: unknown } | null)?.cause;
  return code === 'ERR_MODULE_NOT_FOUND' || (cause !== undefined && isMissingPackage(cause));
}
