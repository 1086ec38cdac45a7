import type { Channel } from '@cardwright/relay'

/** A connection on which each message takes half of `roundTripMs`, in order, however many are under way. */
export const distance =
  (roundTripMs: number) =>
  (near: Channel): Channel => {
    if (roundTripMs === 0) return near
    const later = (work: () => void) => setTimeout(work, roundTripMs / 2)
    return {
      ...near,
      send: text => void later(() => near.send(text)),
      onMessage: receive => near.onMessage(text => void later(() => receive(text))),
    }
  }
