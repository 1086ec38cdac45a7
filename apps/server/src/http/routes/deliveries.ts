import {
  type Database,
  deliveriesOfDevice,
  getLetterSettings,
  putLetterSettings,
  type StoredLetterSettings,
} from '@cardwright/adapters/db'
import { type LetterContent, LetterError, letterPdf, readLogo } from '@cardwright/adapters/letter'
import { routes } from '@cardwright/contract'
import {
  type Clock,
  deliveryMail,
  type LetterSettings,
  layoutValues,
  letterSettingsFaults,
  problemOfDelivery,
  type Random,
  type Store,
  sampleDevice,
  sampleUser,
  textsFor,
} from '@cardwright/core'
import { deliveryView } from '../../deliveries/delivery-view.ts'
import { repeatDelivery } from '../../deliveries/repeat-delivery.ts'
import { actorOf } from '../caller.ts'
import { accepted, EdgeError } from '../problems.ts'
import type { Registrar } from '../registrar.ts'
import { written } from '../written.ts'

export type DeliveryRoutePorts = {
  readonly database: Database
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly wakeOutbox: () => void
}

/** Of a preview; no card has it. */
const MADE_UP = '739152'

/** A fault of a text or logo by the field that it is in. */
const fieldOf: Readonly<Record<LetterError['code'], string>> = {
  CHARACTER_MISSING: 'texts',
  LETTER_TOO_LONG: 'texts',
  LOGO_UNREADABLE: 'logo',
}

const refuseFaults = (settings: LetterSettings): void => {
  const faults = letterSettingsFaults(settings)
  if (Object.keys(faults).length > 0) throw new EdgeError('INPUT_INVALID', {}, faults)
}
const asFieldFault = (error: unknown): never => {
  if (!(error instanceof LetterError)) throw error
  throw new EdgeError('INPUT_INVALID', {}, { [fieldOf[error.code]]: problemOfDelivery(error.code).text })
}

export const registerDeliveryRoutes = ({ handle }: Registrar, ports: DeliveryRoutePorts): void => {
  const { database, store, clock, random } = ports

  const preview = async (settings: LetterSettings, language: string) => {
    const organisation = await store.transaction(tx => tx.settings.organisation())
    const values = layoutValues({ user: sampleUser, device: sampleDevice(clock()), organisation })
    const content: LetterContent = { kind: 'PIN', value: MADE_UP, values, language, copy: 1 }
    const pdf = await letterPdf(settings, content, random).catch(asFieldFault)
    return { pdf, mail: deliveryMail(textsFor(settings, language), 'PIN', values, MADE_UP) }
  }

  handle(routes.deviceDeliveries, async ({ params, caller }) => ({
    rows: (await deliveriesOfDevice(database.db, caller.scope, params.id)).map(found => deliveryView(found, caller)),
  }))

  handle(routes.repeatDelivery, async ({ params, body, caller }) => {
    const about = { scope: caller.scope, note: body.note, by: actorOf(caller), at: clock() }
    const found = accepted(await repeatDelivery(database, params.id, about))
    ports.wakeOutbox()
    return deliveryView(found, caller)
  })

  handle(routes.getLetterSettings, async () => view(await getLetterSettings(database.db)))

  handle(routes.putLetterSettings, async ({ body, caller }) => {
    const { version, settings } = body
    refuseFaults(settings)
    if (settings.logo !== null) await readLogo(settings.logo).catch(asFieldFault)
    // A text that fits nobody's letter would be found out when the first card is issued.
    for (const { language } of settings.texts) await preview(settings, language)
    return view(
      written(await putLetterSettings(database, { version, settings }, { actor: actorOf(caller), at: clock() })),
    )
  })

  handle(routes.previewLetter, async ({ body }) => {
    refuseFaults(body.settings)
    const { pdf, mail } = await preview(body.settings, body.language)
    return { pdf: `data:application/pdf;base64,${Buffer.from(pdf).toString('base64')}`, mail }
  })
}

const view = ({ version, settings, changedAt, changedBy }: StoredLetterSettings) => ({
  version,
  settings: { ...settings, sealed: { ...settings.sealed }, texts: settings.texts.map(texts => ({ ...texts })) },
  changedAt: changedAt === null ? null : new Date(changedAt).toISOString(),
  changedBy,
})
