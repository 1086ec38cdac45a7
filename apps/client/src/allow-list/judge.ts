import { bytesToHex, decodeApdu, hexToBytes, type ParsedApdu, type Script } from '@cardwright/card'
import { APPLICATIONS, type Application } from './applications.ts'

const INS_SELECT = 0xa4
const INS_GET_RESPONSE = 0xc0

/** What a card was told to select last, and whether it did. None until the first SELECT of a connection. */
export type Selection = { readonly application: Application; readonly confirmed: boolean }

/** `selects` where the command is an allowed SELECT; `refused` is the reason, for people. */
type Judgement = { readonly selects?: Application; readonly refused?: string }

/**
 * Whether a script may run at all, judged before its first byte is sent: each command belongs to an allowed application
 * that was selected in it or, at its start, in this connection. undefined = yes. Says nothing of a command's data, which may be secret.
 */
export const refuseScript = (script: Script, selection: Selection | undefined): string | undefined => {
  // Whether a SELECT will succeed is not known yet; the connection's guard looks at that.
  let application = selection?.application
  for (const [index, step] of script.steps.entries()) {
    for (const apdu of step.apdus) {
      const { selects, refused } = judge(hexToBytes(apdu), application)
      if (refused !== undefined) return `step ${index + 1} (${step.command}): ${refused}`
      application = selects ?? application
    }
  }
  return undefined
}

/** The same for one command that is about to be sent, with what the card answered to SELECT. */
export const judgeCommand = (bytes: Uint8Array, selection: Selection | undefined): Judgement => {
  const judgement = judge(bytes, selection?.application, true)
  if (judgement.selects || judgement.refused !== undefined || !selection || selection.confirmed) return judgement
  const apdu = decodeApdu(bytes)
  if (apdu.ins === INS_GET_RESPONSE || selection.application.isQuestion(apdu)) return judgement
  return { refused: `the card has no application ${selection.application.name}, so nothing that changes it is sent` }
}

/** `sending`: GET RESPONSE belongs to the transport; a script has no business with it. */
const judge = (bytes: Uint8Array, application: Application | undefined, sending = false): Judgement => {
  const apdu = parse(bytes)
  if (!apdu) return { refused: 'it is no command APDU' }
  if (apdu.ins === INS_SELECT) return judgeSelect(apdu)
  if (!application) return { refused: 'no application was selected before' }
  if (sending && apdu.ins === INS_GET_RESPONSE && apdu.cla === 0x00) return {}
  const { name, classes, instructions } = application
  if (classes.includes(apdu.cla) && instructions.includes(apdu.ins)) return {}
  return { refused: `an issuer does not need the instruction ${hex(apdu.cla)} ${hex(apdu.ins)} of ${name}` }
}

/** By name, first occurrence, and the whole name: part of one would select whatever begins like it (ISO 7816-4 §11.2.2). */
const judgeSelect = ({ cla, p1, p2, data }: ParsedApdu): Judgement => {
  if (cla !== 0x00 || p1 !== 0x04 || p2 !== 0x00) return { refused: 'applications are selected by their AID only' }
  const aid = bytesToHex(data ?? new Uint8Array())
  const selects = APPLICATIONS.find(({ aids }) => aids.includes(aid))
  return selects
    ? { selects }
    : { refused: `an issuer does not need the application ${aid.slice(0, 32) || 'without AID'}` }
}

const parse = (bytes: Uint8Array): ParsedApdu | undefined => {
  try {
    return decodeApdu(bytes)
  } catch {
    return undefined
  }
}

const hex = (byte: number) => bytesToHex(Uint8Array.of(byte))
