/** Whether a version (`1.10.2`) is as new as the least one. What is no version is as old as can be. */
export const isAtLeast = (version: string, least: string): boolean => {
  const [a, b] = [parts(version), parts(least)]
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

const parts = (version: string): number[] => (/^\d+(\.\d+)*$/.test(version) ? version.split('.').map(Number) : [0])
