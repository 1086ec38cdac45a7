import type { RefusalCode } from './refusal.ts'
import type { RefusalText } from './refusal-texts.ts'

const callHelp = 'Call the help desk and read out what is written here.'
const again = 'Try again. If it happens again, call the help desk and read out what is written here.'
const ownDevice = 'Insert the device that you were given. If it is this one, call the help desk.'
const later = 'Nothing is lost. Try again in a few minutes; if it goes on, call the help desk.'
const otherKind = {
  what: 'This kind of device does not fit what is planned for you.',
  advice: 'If you were given another device, insert that one; else call the help desk.',
}
const keyCheck = { what: 'The check of a key on your device did not succeed.', advice: again }
const notHere = { what: 'This cannot be done here.', advice: callHelp }

/**
 * The same as `refusalTexts` for the holder of a device in the User portal (U-10): somebody who knows no policy and no
 * PUK, cannot recycle a card, and must not be told whose a device is.
 */
export const holderTexts: Readonly<Record<RefusalCode, RefusalText>> = {
  NOT_FOUND: {
    what: 'This does not exist, or it is not yours.',
    advice: 'Go back to the first page and start again.',
  },
  NOT_PERMITTED: { what: 'You cannot do this yourself.', advice: callHelp },
  VERSION_CONFLICT: {
    what: 'Somebody changed this at the same moment.',
    advice: 'Load this page again, then try again.',
  },
  WRONG_STATE: { what: 'This is not possible with this device now.', advice: callHelp },
  IN_PROGRESS_ELSEWHERE: {
    what: 'Something else is being done with this device at the moment.',
    advice: 'Wait until it has ended, then try again. If that takes long, call the help desk.',
  },
  USER_DISABLED: { what: 'Your account is switched off.', advice: callHelp },

  POLICY_NOT_ASSIGNED: { what: 'It is not decided yet what is to be put on your device.', advice: callHelp },
  POLICY_RETIRED: { what: 'What was to be put on your device is no longer in use.', advice: callHelp },
  POLICY_NEEDS_ALGORITHM: otherKind,
  POLICY_NEEDS_SLOT: otherKind,
  POLICY_NEEDS_ATTESTATION: otherKind,
  POLICY_NEEDS_POLICY_BITS: otherKind,
  POLICY_NEEDS_KEY_CHANGE: otherKind,
  SUBJECT_INCOMPLETE: {
    what: 'Something about you is missing here that your certificates need: {attribute}.',
    advice: callHelp,
  },

  REQUEST_WRONG_STATE: {
    what: 'Your request has moved on since you loaded this page.',
    advice: 'Load this page again to see how it stands.',
  },
  REQUEST_NEEDED: { what: 'There is no approved request for a new device.', advice: callHelp },
  REQUEST_OPEN_ALREADY: {
    what: 'You have reported this device already.',
    advice: 'You see how it stands on your first page. To report something else, take it back there first.',
  },
  REQUEST_OF_OTHER_USER: notHere,
  APPROVAL_NEEDED: { what: 'Your device may be issued only after approval, and that is still open.', advice: callHelp },
  SEPARATION_OF_DUTIES: notHere,
  USER_HAS_DEVICE: {
    what: 'You have a device already: {serial}.',
    advice: 'If it is lost, damaged or forgotten, report that first. Else call the help desk.',
  },
  NOT_REPLACEABLE: { what: 'This device cannot be replaced now.', advice: callHelp },
  WORKFLOW_NOT_OFFERED: { what: 'This way to a new device is not offered.', advice: 'Choose another way.' },
  WORKFLOW_NEEDS_PHONE: notHere,
  NO_POLICY_FOR_REPLACEMENT: { what: 'It is not decided yet what is to be put on your new device.', advice: callHelp },
  POLICY_KEEPS_LOST_KEYS: otherKind,
  POLICY_REVOKES_FORGOTTEN_KEYS: otherKind,
  POLICY_HAS_FEWER_SLOTS: otherKind,

  NOT_PRINTABLE: notHere,
  PRINT_ENDED: notHere,
  PRINTER_UNKNOWN: notHere,
  PRINTER_NOT_READY: notHere,
  PRINTER_ONE_SIDED: notHere,
  LAYOUT_NOT_ASSIGNED: notHere,
  LAYOUT_NOT_PRINTABLE: notHere,

  CARD_UNKNOWN: {
    what: 'This device does not answer as it should.',
    advice:
      'Take it out and put it in again, the gold contact first. If it is the device that you were given and this happens again, call the help desk.',
  },
  CARD_ABSENT: {
    what: 'There is no device in the reader, or it is still being read.',
    advice: 'Insert your device, or wait a moment.',
  },
  CARD_REMOVED: {
    what: 'The device was taken out before the end.',
    advice: 'Put the same device back, then try again.',
  },
  CARD_EXCHANGED: {
    what: 'This is another device than the one that was made ready or begun with, or it was taken out in between.',
    advice: 'Insert the right one, then try again. If you do not have it, call the help desk.',
  },
  CARD_IN_USE: {
    what: 'Another program of this computer is using your device.',
    advice:
      'Close other programs and other tabs of this page. If that does not help, take the device out and put it in again.',
  },
  READER_LOST: {
    what: 'The reader is no longer connected.',
    advice: 'Plug it in again, put the same device in, then try again.',
  },
  CARD_NOT_IDENTIFIABLE: {
    what: 'This device has no number by which it can be recognised, so it cannot be used here.',
    advice: ownDevice,
  },
  CARD_NEEDS_CONTACTS: {
    what: 'The device lies on a reader without contacts, where it cannot be set up.',
    advice: 'Put it into a reader with a slot.',
  },
  CARD_NOT_ASSIGNED: { what: 'This device was not made ready for you.', advice: ownDevice },
  CARD_ISSUED_TO_OTHER: { what: 'This device belongs to somebody else.', advice: ownDevice },
  CARD_ALREADY_ISSUED: {
    what: 'This device is set up already.',
    advice: 'Go back to the first page and choose “I have a working device”.',
  },
  CARD_NEEDS_RECYCLING: { what: 'This device was used before and has to be cleared first.', advice: callHelp },
  CARD_NOT_BLANK: {
    what: 'This device is not new: its PIN was changed before. It has to be cleared first.',
    advice: callHelp,
  },
  CARD_FOREIGN_ADMINISTRATION_KEY: {
    what: 'This device was set up by another system and cannot be changed here.',
    advice: ownDevice,
  },
  CARD_PUK_BLOCKED: { what: 'This device is locked and has to be cleared first.', advice: callHelp },
  CARD_PUK_UNKNOWN: {
    what: 'An answer of your device was lost. So that it is not locked for good, nothing more is tried.',
    advice: callHelp,
  },
  CARD_PIN_BLOCKED: { what: 'The PIN of this device is locked; the device has to be cleared first.', advice: callHelp },
  CARD_ANSWER_UNEXPECTED: { what: 'The device gave an answer that does not fit.', advice: again },
  CARD_STATUS_UNEXPECTED: { what: 'The device refused something that it should do.', advice: again },
  CARD_CANNOT_BE_BLANKED: notHere,
  CARD_KEY_MISMATCH: keyCheck,
  ATTESTATION_FAILED: {
    what: 'The device did not prove that its keys were made on it.',
    advice: 'Do not use it any more. Call the help desk.',
  },
  PROOF_OF_POSSESSION_FAILED: keyCheck,

  PIN_BREAKS_RULES: {
    what: 'The PIN does not keep all rules.',
    advice: 'Choose a PIN that keeps every rule shown.',
  },
  PIN_MISSING: { what: 'A PIN is missing.', advice: 'Enter the PIN.' },
  PIN_WRONG: {
    what: 'That PIN is not right. Tries left: {left}.',
    advice: 'Type it again, slowly. After the last try the PIN is locked.',
  },
  DEVICE_NOT_KNOWN: { what: 'This device was not issued here.', advice: ownDevice },
  DEVICE_NOT_ACTIVE: {
    what: 'This device cannot be used to log in: it is not active, or it has expired.',
    advice: callHelp,
  },
  DEVICE_NOT_PROVEN: {
    what: 'The check of your device did not succeed.',
    advice: 'Take it out, put it in again and try again. If it happens again, call the help desk.',
  },
  PIN_NOT_EXPECTED: { what: 'No PIN is asked for at this moment.', advice: 'Load this page again.' },
  PIN_BLOCKED: {
    what: 'The PIN of this device is locked: it was wrong too often.',
    advice:
      'Go back to the first page and choose “I don’t have my smart card”: there you log in without it and unlock it.',
  },
  PIN_REFUSED_BY_CARD: {
    what: 'The device itself does not take this PIN.',
    advice: 'Choose another one. Some devices refuse digits that repeat or follow each other.',
  },
  PUK_NOT_OURS: {
    what: 'This device cannot be unlocked here: another program has changed it.',
    advice: callHelp,
  },
  PUK_LAST_TRY: {
    what: 'An answer of your device was lost, and one try to unlock it is left.',
    advice: callHelp,
  },

  CHALLENGE_MISTYPED: notHere,
  CHALLENGE_OF_OTHER_CARD: notHere,
  UNBLOCK_NEEDS_OWN_KEY: notHere,

  LAYOUT_NOT_PUBLISHABLE: notHere,
  PHOTO_NOT_A_PICTURE: notHere,
  PHOTO_TOO_LARGE: notHere,
  PHOTO_TOO_SMALL: notHere,

  CA_UNREACHABLE: { what: 'The service that makes your certificates cannot be reached.', advice: later },
  CA_TIMEOUT: { what: 'The service that makes your certificates did not answer in time.', advice: later },
  CA_REFUSED: { what: 'The service that makes your certificates has refused one of them.', advice: callHelp },
  CA_WRONG_CERTIFICATE: {
    what: 'One of your certificates was not made as it should be, so it was not written to your device.',
    advice: callHelp,
  },

  DELIVERY_WAITS: notHere,
  DELIVERY_DONE: notHere,
  DELIVERY_GONE: notHere,

  SERVER_INTERRUPTED: {
    what: 'The server stopped while it was working on your device.',
    advice: 'Nothing is lost. Put the same device in, then try again.',
  },
  RELAY_LOST: {
    what: 'The connection to this computer’s reader broke.',
    advice: 'Check your connection, put the same device in, then try again.',
  },
  STORE_FULL: { what: 'The server cannot store anything at the moment, so it stopped here.', advice: later },
  STORE_UNAVAILABLE: { what: 'The server cannot store anything at the moment, so it stopped here.', advice: later },
  INTERNAL: { what: 'Something went wrong on the server.', advice: again },
}
