import { beginUnblock, createLocalRunner, createSession, finishUnblock } from '@cardwright/card'
import type { ModelName } from '@cardwright/card-virtual'
import { answerUnblock, type PinPorts, unlockPin } from '@cardwright/core'
import { deviceIn, helpDesk } from '../../world/pins.ts'
import { pivPolicy } from '../../world/policies.ts'
import { READER } from '../../world/world.ts'
import { start } from '../jobs.ts'
import { arrange, cardIsBack, type Scenario, type Stage } from '../stage.ts'

/** How many keys there are does not matter to a PIN; one takes less time than four. */
const scenario: Scenario = {
  kind: 'ISSUE',
  settings: { pinDisplayMode: 'NOT_DISPLAYED' },
  policy: { slots: pivPolicy.slots.slice(0, 1) },
}

/** An active device, its initial PIN still to be told. */
export const issuedStage = async (model: ModelName): Promise<Stage> => {
  const stage = await arrange(model, scenario)
  const done = await start(stage, stage.server())
  if (typeof done === 'string' || done.state !== 'COMPLETED') throw new Error('the issuance did not end')
  await cardIsBack(stage)
  return stage
}

/** Answers the refusal's code, or null. */
export const unlock = async (
  stage: Stage,
  newPin: string,
  ports: PinPorts = stage.server(),
): Promise<string | null> => {
  stage.typed.add(newPin)
  const done = await unlockPin(ports, {
    deviceId: deviceIn(stage.world).id,
    place: { readerId: READER, insertion: await cardIsBack(stage) },
    typed: { newPin },
    by: helpDesk,
  })
  return done.ok ? null : done.code
}

/** The help desk's part; `use` is what becomes of its answer. */
export const unblock = async (
  stage: Stage,
  newPin: string,
  use: 'used' | 'unused',
  ports: PinPorts = stage.server(),
): Promise<void> => {
  stage.typed.add(newPin)
  await cardIsBack(stage)
  const connection = await stage.world.readers.connect(READER)
  try {
    const session = createSession(createLocalRunner(connection))
    const { challengeText, state } = await beginUnblock(session, connection.atr)
    const answered = await answerUnblock(ports, {
      deviceId: deviceIn(stage.world).id,
      challenge: challengeText,
      by: helpDesk,
    })
    if (!answered.ok) throw new Error(answered.code)
    if (use === 'used') await finishUnblock(session, state, answered.value.answer, newPin)
  } finally {
    await connection.close()
  }
}
