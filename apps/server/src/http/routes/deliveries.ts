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
  type DeliveredKind,
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
import { pdfUrl } from '../pdf-url.ts'
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

/** Of a preview; no card has them. */
const madeUp = { PIN: '739152', PUK: '60482915' } as const

const refuseFaults = (settings: LetterSettings): void => {
  const faults = letterSettingsFaults(settings)
  if (Object.keys(faults).length > 0) throw new EdgeError('INPUT_INVALID', {}, faults)
}
/** A fault of the letter's text or logo by the field that it is in. */
const asFieldFault =
  (text: string) =>
  (error: unknown): never => {
    if (!(error instanceof LetterError)) throw error
    const field = error.code === 'LOGO_UNREADABLE' ? 'logo' : text
    throw new EdgeError('INPUT_INVALID', {}, { [field]: problemOfDelivery(error.code).text })
  }

export const registerDeliveryRoutes = ({ handle }: Registrar, ports: DeliveryRoutePorts): void => {
  const { database, store, clock, random } = ports

  const preview = async (settings: LetterSettings, language: string, kind: DeliveredKind) => {
    const organisation = await store.transaction(tx => tx.settings.organisation())
    const values = layoutValues({ user: sampleUser, device: sampleDevice(clock()), organisation })
    const content: LetterContent = { kind, value: madeUp[kind], values, language, copy: 1 }
    const at = settings.texts.findIndex(texts => texts.language === textsFor(settings, language).language)
    const pdf = await letterPdf(settings, content, random).catch(asFieldFault(`texts.${at}.letterBody`))
    return { pdf, mail: deliveryMail(textsFor(settings, language), kind, values, madeUp[kind]) }
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
    if (settings.logo !== null) await readLogo(settings.logo).catch(asFieldFault('logo'))
    // A text that fits nobody's letter would be found out when the first card is issued.
    for (const { language } of settings.texts)
      for (const kind of ['PIN', 'PUK'] as const) await preview(settings, language, kind)
    return view(
      written(await putLetterSettings(database, { version, settings }, { actor: actorOf(caller), at: clock() })),
    )
  })

  handle(routes.previewLetter, async ({ body }) => {
    refuseFaults(body.settings)
    const { pdf, mail } = await preview(body.settings, body.language, body.what)
    return { pdf: pdfUrl(pdf), mail }
  })
}

const view = ({ version, settings, changedAt, changedBy }: StoredLetterSettings) => ({
  version,
  settings: { ...settings, sealed: { ...settings.sealed }, texts: settings.texts.map(texts => ({ ...texts })) },
  changedAt: changedAt === null ? null : new Date(changedAt).toISOString(),
  changedBy,
})
