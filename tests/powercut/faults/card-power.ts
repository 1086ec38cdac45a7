import { type Fault, NOWHERE, upTo } from './fault.ts'

/** The card is pulled out around one of its persistent changes. */
export const cardPower = (when: 'before' | 'after'): Fault => ({
  name: `card loses power ${when} its change`,
  arm(stage, place) {
    const { card } = stage
    const begun = card.effects()
    let struck = false
    card.onPowerLost(() => {
      struck = true
    })
    if (place !== NOWHERE) card.cutPowerAfter(place, when)
    return { ports: stage.server(), places: () => upTo(card.effects() - begun), struck: () => struck }
  },
})
