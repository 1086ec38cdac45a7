import { type Answer, type Command, refuse, SW } from '../apdu.ts'
import type { CardContext } from '../context.ts'
import type { CardModel } from '../models.ts'
import type { Volatile } from '../state.ts'
import { tlv } from '../tlv.ts'
import { YUBICO_INSTRUCTIONS } from '../yubico/instructions.ts'
import { PIV_AID } from './aid.ts'
import { generalAuthenticate } from './authenticate.ts'
import { getData, putData } from './data-objects.ts'
import { generateKeyPair } from './generate.ts'
import { changeReferenceData, resetRetryCounter, verify } from './verify.ts'

const RID_LENGTH = 5

export type Run = (card: CardContext, status: Volatile, command: Command) => Answer | Promise<Answer>

/** First layer: an instruction, the P1 P2 it allows (undefined: it judges them itself), and whether the model has it. */
export type Instruction = {
  readonly ins: number
  readonly p1p2?: number
  readonly onModel?: (model: CardModel) => boolean
  readonly run: Run
}

const STANDARD: readonly Instruction[] = [
  { ins: 0x20, run: verify },
  { ins: 0x24, run: changeReferenceData },
  { ins: 0x2c, run: resetRetryCounter },
  { ins: 0x47, run: generateKeyPair },
  { ins: 0x87, run: generalAuthenticate },
  { ins: 0xcb, p1p2: 0x3fff, run: getData },
  { ins: 0xdb, p1p2: 0x3fff, run: putData },
]

/** Runs one command of the selected PIV application: class, instruction and parameters here, the rest in its own file. */
export async function runPiv(card: CardContext, status: Volatile, command: Command): Promise<Answer> {
  if (command.cla !== 0x00) return refuse(SW.classNotSupported)
  const instruction = [...STANDARD, ...YUBICO_INSTRUCTIONS].find(item => item.ins === command.ins)
  if (!instruction || instruction.onModel?.(card.model) === false) return refuse(SW.instructionNotSupported)
  if (instruction.p1p2 !== undefined && instruction.p1p2 !== command.p1 * 256 + command.p2) return refuse(SW.wrongP1P2)
  const before = status.pinUnused
  const answer = await instruction.run(card, status, command)
  // Strict reading of "PIN always": nothing may come between VERIFY and the use of the key (SP 800-73pt1-5 table 4a).
  const verified = command.ins === 0x20 || command.ins === 0x24
  if (card.model.pinAlways === 'immediately-before' && before && !verified) status.pinUnused = false
  return answer
}

/** Application property template, SP 800-73pt2-5 table 3. */
export function applicationProperties(model: CardModel): Uint8Array {
  const rid = PIV_AID.subarray(0, RID_LENGTH)
  const authority = tlv(0x79, tlv(0x4f, rid))
  if (model.aidInTemplate === 'pix') return tlv(0x61, tlv(0x4f, PIV_AID.subarray(RID_LENGTH)), authority)
  const label = new TextEncoder().encode('Personal Identity Verification Card')
  return tlv(0x61, tlv(0x4f, PIV_AID), authority, tlv(0x50, label))
}
