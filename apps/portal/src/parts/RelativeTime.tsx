import { useEffect, useState } from 'react'
import { exactTime, relativeTime } from '../format/time.ts'

/** "2 hours ago"; the exact time in the viewer's zone on hover. */
export const RelativeTime = ({ at }: { readonly at: string }) => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={at} title={exactTime(at)}>
      {relativeTime(at, now)}
    </time>
  )
}
