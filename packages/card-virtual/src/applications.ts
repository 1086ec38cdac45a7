import { type Answer, type Command, ok, refuse, SW } from './apdu.ts'
import { equalBytes, fromHex } from './bytes.ts'
import type { CardContext, Quirks } from './context.ts'
import { runManagement, selectManagement } from './management.ts'
import type { CardModel } from './models.ts'
import { NITROKEY_ADMIN_AID, runAsNitrokey, runNitrokeyAdmin } from './nitrokey.ts'
import { PIV_AID } from './piv/aid.ts'
import { applicationProperties, runPiv } from './piv/application.ts'
import { runSecurityDomain, SECURITY_DOMAIN_AID, selectSecurityDomain } from './security-domain/application.ts'
import { type ChannelHolder, externalAuthenticate, initializeUpdate, throughChannel } from './security-domain/scp03.ts'
import { freshVolatile, type Volatile } from './state.ts'

/** Which application is selected, with its security status; all of it dies at reset. */
export type Selection = ChannelHolder & {
  application: ApplicationName | undefined
  piv: Volatile
}

export type ApplicationName = 'piv' | 'security-domain' | 'management' | 'nitrokey-admin'

type Application = {
  readonly name: ApplicationName
  readonly aid: Uint8Array
  readonly shortestAid: (model: CardModel) => number
  readonly onModel: (model: CardModel, quirks: Quirks) => boolean
  readonly select: (card: CardContext) => Answer
  readonly run: (card: CardContext, selection: Selection, command: Command) => Answer | Promise<Answer>
}

const APPLICATIONS: readonly Application[] = [
  {
    name: 'piv',
    aid: PIV_AID,
    shortestAid: model => model.shortestAid,
    onModel: () => true,
    select: card => ok(applicationProperties(card.model)),
    run: (card, { piv }, command) =>
      card.quirks.speaksLikeNitrokey ? runAsNitrokey(runPiv, card, piv, command) : runPiv(card, piv, command),
  },
  {
    name: 'security-domain',
    aid: SECURITY_DOMAIN_AID,
    shortestAid: () => 7,
    onModel: model => model.securityDomain !== undefined,
    select: selectSecurityDomain,
    run: (card, selection, command) => runSecurityDomain(card, selection.channel, command),
  },
  {
    name: 'management',
    aid: fromHex('A000000527471117'),
    shortestAid: () => 8,
    onModel: (model, quirks) => model.firmware !== undefined && !quirks.speaksLikeNitrokey,
    select: selectManagement,
    run: (card, _selection, command) => runManagement(card, command),
  },
  {
    name: 'nitrokey-admin',
    aid: NITROKEY_ADMIN_AID,
    shortestAid: () => NITROKEY_ADMIN_AID.length,
    onModel: (_model, quirks) => quirks.speaksLikeNitrokey === true,
    select: () => ok(),
    run: (card, _selection, command) => runNitrokeyAdmin(card, command),
  },
]

export function freshSelection(model: CardModel): Selection {
  // After power-up a GlobalPlatform card talks to its issuer's security domain; a YubiKey waits for a SELECT.
  return { application: model.firmware ? undefined : 'security-domain', piv: freshVolatile() }
}

/** Class bit of GlobalPlatform's secure messaging. */
const SECURE_MESSAGING = 0x04

export function isSelect(command: Command): boolean {
  return command.cla === 0x00 && command.ins === 0xa4
}

/** SP 800-73pt2-5 §3.1.1. An unknown AID changes nothing; another application ends the PIV security status. */
export function select(card: CardContext, selection: Selection, command: Command): Answer {
  if (command.p1 !== 0x04 || command.p2 !== 0x00) return refuse(SW.wrongP1P2)
  const application = APPLICATIONS.find(
    item => item.onModel(card.model, card.quirks) && matches(item, card.model, command.data),
  )
  if (!application) return refuse(SW.notFound)
  const again = application.name === selection.application
  if (!again || card.quirks.selectForgetsStatus) selection.piv = freshVolatile()
  selection.application = application.name
  selection.channel = undefined
  return application.select(card)
}

function matches(application: Application, model: CardModel, aid: Uint8Array): boolean {
  // SELECT without AID: the issuer's security domain (GlobalPlatform Card Specification 2.3.1 §11.9.2).
  if (aid.length === 0) return application.name === 'security-domain' && !model.firmware
  if (aid.length < application.shortestAid(model) || aid.length > application.aid.length) return false
  return equalBytes(aid, application.aid.subarray(0, aid.length))
}

/** Runs a command in the selected application, through the secure channel if it comes that way. */
export async function runSelected(card: CardContext, selection: Selection, command: Command): Promise<Answer> {
  const application = APPLICATIONS.find(item => item.name === selection.application)
  if (!application) return refuse(SW.instructionNotSupported)
  if (card.model.securityDomain?.scp03) {
    if (command.cla === 0x80 && command.ins === 0x50) return initializeUpdate(card, selection, application.aid, command)
    if (command.cla === 0x84 && command.ins === 0x82) return externalAuthenticate(card, selection, command)
  }
  if ((command.cla & SECURE_MESSAGING) === 0) return application.run(card, selection, command)
  return throughChannel(selection, command, async plain => application.run(card, selection, plain))
}
