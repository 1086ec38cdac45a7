import { setTimeout as sleep } from 'node:timers/promises'
import { type AskedJob, cancelJob, forgetJob, lookAtJob } from './ask.ts'
import { pauseAfter } from './limits.ts'

/**
 * CUPS that was switched off in the middle begins the job anew when it is on again: a card would come out for which nobody waits
 * any more, or a second time. So a job that was given up is taken back as soon as its printer answers. Only by its UUID (PWG
 * 5100.13) is it known that it is still the same one. This goes on for hours, with nothing of the document.
 */
export const takeBackLater = async (job: AskedJob & { readonly forget: boolean }, uuid: string): Promise<void> => {
  const { limits, abort } = job
  const deadline = performance.now() + limits.givenUpMs
  let pause = limits.pollMs
  while (!abort?.aborted && performance.now() < deadline) {
    const found = await lookAtJob(job)
    if (found.kind === 'GONE') return
    if (found.kind === 'JOB') {
      if (found.job.uuid !== uuid) return
      if (found.job.ended) return job.forget ? forgetJob(job) : undefined
      await cancelJob(job)
    }
    await sleep(pause, undefined, { ref: false, signal: abort }).catch(() => {})
    pause = pauseAfter(pause, limits)
  }
}
