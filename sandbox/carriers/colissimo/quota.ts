const MOST = 100
const WINDOW_MS = 1000

/** The quota of one key of open tracking: 100 calls in any second of the real clock. */
export function openQuota(): () => boolean {
  let calls: number[] = []
  return () => {
    const now = performance.now()
    calls = calls.filter((at) => now - at < WINDOW_MS)
    if (calls.length >= MOST) return false
    calls.push(now)
    return true
  }
}
