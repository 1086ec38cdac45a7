import { createFaultyChannel } from '@cardwright/adapters/testing'
import type { Channel } from '@cardwright/relay'
import { type Fault, NOWHERE } from './fault.ts'

/** Where a script is when the connection breaks makes no difference to the card, so progress messages are no places. */
const isPlace = (text: string): boolean => (JSON.parse(text) as { type: string }).type !== 'progress'

/** The connection to the workstation breaks instead of carrying a message, or right after it. */
export const relay = (when: 'before' | 'after'): Fault => ({
  name: `relay breaks ${when} a message`,
  arm(stage, place) {
    const places: number[] = []
    let number = 0
    let struck = false
    const between = (near: Channel): Channel => {
      near.onClose(() => {
        struck = true
      })
      return createFaultyChannel(near, {
        ...(place === NOWHERE ? {} : when === 'before' ? { dropBefore: place } : { dropAfter: place }),
        onMessage: (_, text) => {
          number++
          if (isPlace(text)) places.push(number)
        },
      })
    }
    const gateway = stage.world.gateway(between)
    return { ports: stage.server({ gateway }), places: () => places, struck: () => struck }
  },
})
