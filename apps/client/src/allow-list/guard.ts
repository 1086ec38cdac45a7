import { type CardConnection, CardError, type Readers, type Script } from '@cardwright/card'
import { judgeCommand, refuseScript, type Selection } from './judge.ts'

/**
 * Stands between scripts and cards. `refuse` judges a script before anything of it is sent; the readers' connections look
 * at each command once more as it goes out, because only then it is known whether the card has the application.
 */
export type Guard = {
  readonly readers: Readers
  refuse(script: Script, connection: CardConnection): string | undefined
}

export const createGuard = (readers: Readers): Guard => {
  const selections = new WeakMap<CardConnection, Selection>()
  const guarded = (connection: CardConnection): CardConnection => {
    const own: CardConnection = {
      ...connection,
      async transmit(apdu) {
        const { selects, refused } = judgeCommand(apdu, selections.get(own))
        if (refused !== undefined) throw new CardError('SCRIPT_REFUSED', refused)
        // Before it is sent: if its answer is lost, nobody knows what is selected.
        if (selects) selections.set(own, { application: selects, confirmed: false })
        const answer = await connection.transmit(apdu)
        if (selects && isSuccess(answer)) selections.set(own, { application: selects, confirmed: true })
        return answer
      },
      async reset() {
        selections.delete(own)
        await connection.reset()
      },
    }
    return own
  }
  return {
    readers: { ...readers, connect: async readerId => guarded(await readers.connect(readerId)) },
    refuse: (script, connection) => refuseScript(script, selections.get(connection)),
  }
}

/** 9000, or 61xx where the answer is fetched next. */
const isSuccess = (answer: Uint8Array): boolean => {
  const [sw1, sw2] = answer.slice(-2)
  return (sw1 === 0x90 && sw2 === 0x00) || sw1 === 0x61
}
