import { ok } from '../apdu.ts'
import { uint } from '../bytes.ts'
import { firmwareAtLeast } from '../models.ts'
import type { Instruction } from '../piv/application.ts'
import { attest } from './attest.ts'
import { importKey } from './import-key.ts'
import { metadata } from './metadata.ts'
import { moveKey } from './move-key.ts'
import { reset } from './reset.ts'
import { setAdministrationKey } from './set-administration-key.ts'
import { setRetries } from './set-retries.ts'

/** Yubico's own instructions and the firmware that brought them (Yubico PIV documentation, yubikey-manager piv.py). */
export const YUBICO_INSTRUCTIONS: readonly Instruction[] = [
  { ins: 0xfd, p1p2: 0, onModel: m => m.firmware !== undefined, run: card => ok(card.model.firmware ?? []) },
  { ins: 0xf8, p1p2: 0, onModel: m => firmwareAtLeast(m, 5, 0), run: card => ok(uint(card.state().serial, 4)) },
  { ins: 0xf7, onModel: m => firmwareAtLeast(m, 5, 3), run: metadata },
  { ins: 0xff, onModel: m => m.firmware !== undefined, run: setAdministrationKey },
  { ins: 0xfe, onModel: m => m.firmware !== undefined, run: importKey },
  { ins: 0xfa, onModel: m => m.firmware !== undefined, run: setRetries },
  { ins: 0xfb, p1p2: 0, onModel: m => m.firmware !== undefined, run: reset },
  { ins: 0xf9, onModel: m => firmwareAtLeast(m, 4, 3), run: attest },
  { ins: 0xf6, onModel: m => firmwareAtLeast(m, 5, 7), run: moveKey },
]
