import type { RefusalCode } from './refusal.ts'

/** What happened and what now, in English; `{name}` is filled from the refusal's params. The portal's catalogue may translate by code. */
export type RefusalText = { readonly what: string; readonly advice: string }

export const refusalTexts: Readonly<Record<RefusalCode, RefusalText>> = {
  NOT_FOUND: { what: 'This does not exist.', advice: 'It may have been removed. Go back and search again.' },
  NOT_PERMITTED: {
    what: 'Your role does not permit this.',
    advice: 'Ask an administrator for the permission “{permission}”.',
  },
  VERSION_CONFLICT: { what: 'Somebody else changed this: {by}.', advice: 'Load it again, then make your change anew.' },
  WRONG_STATE: {
    what: 'The device is {state} ({reason}); this is not possible in that state.',
    advice: 'Load the page again to see what is possible now.',
  },
  IN_PROGRESS_ELSEWHERE: {
    what: 'Another operation on this device is under way, started by {by}.',
    advice: 'Wait until it ends, or open it and cancel it.',
  },
  USER_DISABLED: { what: 'This user is disabled.', advice: 'Enable the user first, if the person is to get a device.' },

  POLICY_NOT_ASSIGNED: {
    what: "This policy is not assigned to the user's groups for this kind of issuance.",
    advice: 'Choose another policy, or have an administrator assign it.',
  },
  POLICY_RETIRED: { what: 'This policy is retired.', advice: 'Choose another policy.' },
  POLICY_NEEDS_ALGORITHM: {
    what: 'Slot {slot} needs {wanted}; this card has {offered}.',
    advice: 'Use another card, or a policy for this kind of card.',
  },
  POLICY_NEEDS_SLOT: {
    what: 'The card has no slot {slot}.',
    advice: 'Use another card, or a policy for this kind of card.',
  },
  POLICY_NEEDS_ATTESTATION: {
    what: 'The policy wants keys attested by the card, and this card cannot attest.',
    advice: 'Use another card, or a policy without attestation.',
  },
  POLICY_NEEDS_POLICY_BITS: {
    what: 'Slot {slot} needs its own PIN or touch rule; this card has none.',
    advice: 'Use another card, or a policy with default rules.',
  },
  POLICY_NEEDS_KEY_CHANGE: {
    what: 'This card cannot change its administration key, and the policy does not accept the manufacturer’s.',
    advice: 'Use another card, or a policy that keeps the manufacturer’s individual key.',
  },
  SUBJECT_INCOMPLETE: {
    what: 'The user has no {attribute}; the certificate for slot {slot} needs it.',
    advice: 'Add it on the user’s page, then Retry.',
  },

  REQUEST_WRONG_STATE: {
    what: 'The request is {state} now, changed by {by}.',
    advice: 'Load the page again to see what is possible now.',
  },
  REQUEST_NEEDED: {
    what: 'A replacement is issued for an approved request, and there is none here.',
    advice: 'Open the request in the queue and issue from there, or declare the incident first.',
  },
  REQUEST_OPEN_ALREADY: {
    what: 'A replacement of this device is requested already.',
    advice: 'Open that request; to change the reason, cancel it and declare the incident anew.',
  },
  REQUEST_OF_OTHER_USER: {
    what: 'The request is for {user}.',
    advice: 'Issue from the page of that user, or choose the right request.',
  },
  APPROVAL_NEEDED: {
    what: 'The policy {policy} is issued only after approval, and no approved request of this user is there.',
    advice: 'Request the issuance; unless the options script says otherwise, a Validation officer approves it.',
  },
  SEPARATION_OF_DUTIES: {
    what: 'You are the {role} of this request, and another person has to do this.',
    advice: 'Ask a colleague. The rule stands in Administration, Requests and replacement.',
  },
  USER_HAS_DEVICE: {
    what: 'The user has the device {serial} already ({state}), and one active device is the limit.',
    advice: 'Replace that one, or terminate it first. The limit stands in Administration, Requests and replacement.',
  },
  NOT_REPLACEABLE: {
    what: 'A device that is {state} ({reason}) cannot be replaced.',
    advice: 'Only active and expired devices are replaced. A blank or failed one is recycled and issued anew.',
  },
  WORKFLOW_NOT_OFFERED: {
    what: 'This way to the replacement is not offered here.',
    advice: 'Choose another way.',
  },
  WORKFLOW_NEEDS_PHONE: {
    what: 'Remote issuance is for mobile smart cards only.',
    advice: 'Choose local issuance or self-enrolment.',
  },
  NO_POLICY_FOR_REPLACEMENT: {
    what: "The user's groups have no policy that may replace this device ({kind}).",
    advice: 'Have an administrator assign one for this kind of issuance on the page of the group.',
  },
  POLICY_KEEPS_LOST_KEYS: {
    what: 'The policy puts the keys of the old device on the new one without revoking them; not after {reason}.',
    advice: 'Choose a policy that makes new keys or revokes the recovered ones.',
  },
  POLICY_REVOKES_FORGOTTEN_KEYS: {
    what: 'The policy revokes the keys of a device that is only forgotten.',
    advice: 'Choose a policy that leaves them for when the device comes back.',
  },
  POLICY_HAS_FEWER_SLOTS: {
    what: 'The policy has {slots} PKI slots; the device to replace has {needed}.',
    advice: 'Choose a policy with at least as many.',
  },

  NOT_PRINTABLE: {
    what: 'This device is not a card, so nothing can be printed on it.',
    advice: 'Choose a device that is a card.',
  },
  PRINT_ENDED: {
    what: 'This print has ended: {state}.',
    advice: 'Load the page again. To print the card anew, start another print.',
  },
  PRINTER_UNKNOWN: {
    what: 'This printer is not here any more.',
    advice: 'Switch it on and connect it to this workstation, or choose another printer.',
  },
  PRINTER_NOT_READY: {
    what: 'The printer {printer} does not print: {why}.',
    advice: 'See to the printer, then start again.',
  },
  PRINTER_ONE_SIDED: {
    what: 'The layout “{layout}” has a back, and the printer {printer} prints one side only.',
    advice:
      'Choose another layout or printer. If the printer has a duplex unit, switch it on in the settings of its queue.',
  },
  LAYOUT_NOT_ASSIGNED: {
    what: "This layout is not assigned to the user's groups for this kind of issuance, or it is retired.",
    advice: 'Choose another layout, or have an administrator assign it.',
  },
  LAYOUT_NOT_PRINTABLE: {
    what: 'The card cannot be printed so: {problem}.',
    advice: 'Correct what is named, on the user’s page or in the layout, then print again.',
  },

  CARD_UNKNOWN: {
    what: 'This card does not answer as a PIV card.',
    advice: 'Put in a PIV card or a security key with PIV.',
  },
  CARD_ABSENT: {
    what: 'There is no card in this reader, or it is still being read.',
    advice: 'Put a card in, or wait a moment.',
  },
  CARD_REMOVED: {
    what: 'The card was removed while it was being written.',
    advice: 'Put the same card back, then Retry.',
  },
  CARD_EXCHANGED: {
    what: 'The card in the reader is not the one this was started with (expected {expected}).',
    advice: 'Put the same card back, then Retry; or Cancel.',
  },
  CARD_IN_USE: { what: 'Another program is using the card.', advice: 'Close programs that use the card, then Retry.' },
  READER_LOST: {
    what: 'The reader is no longer connected.',
    advice: 'Connect the reader, put the same card in, then Retry.',
  },
  CARD_NOT_IDENTIFIABLE: {
    what: 'The card has no serial number or other mark by which it can be recognised again.',
    advice: 'Use a card with a serial number.',
  },
  CARD_NEEDS_CONTACTS: {
    what: 'The card lies on a contactless reader, where this kind of card cannot be written.',
    advice: 'Put it into a reader with contacts.',
  },
  CARD_NOT_ASSIGNED: {
    what: 'This device is not assigned to anybody.',
    advice: 'Ask your help desk to assign it to you, then start again.',
  },
  CARD_ISSUED_TO_OTHER: {
    what: 'This device belongs to {user}.',
    advice: 'Use another device, or end that one on its user’s page first.',
  },
  CARD_ALREADY_ISSUED: {
    what: 'This device is already issued to this user.',
    advice: 'Use another device, or terminate and recycle this one first.',
  },
  CARD_NEEDS_RECYCLING: {
    what: 'The device is not blank: an earlier issuance on it did not finish or has ended.',
    advice: 'Recycle the device, then start again.',
  },
  CARD_NOT_BLANK: {
    what: 'The card is not blank: its PIN or PUK is not the one it left the factory with.',
    advice: 'If the card may be erased, recycle it, then start again.',
  },
  CARD_FOREIGN_ADMINISTRATION_KEY: {
    what: 'The card refuses every administration key that is known here.',
    advice: 'Another system manages this card. Have its key set imported, or use another card.',
  },
  CARD_PUK_BLOCKED: {
    what: 'The card’s PUK is blocked.',
    advice: 'Recycle the card if it can be reset, else use another card.',
  },
  CARD_PUK_UNKNOWN: {
    what: 'After lost answers it is not certain which PUK the card has; trying on could block it.',
    advice: 'Cancel, then recycle the card.',
  },
  CARD_PIN_BLOCKED: { what: 'The card’s PIN is blocked.', advice: 'Recycle the card, then start again.' },
  CARD_ANSWER_UNEXPECTED: {
    what: 'The card gave an answer that the standard does not allow ({command}).',
    advice: 'Retry; if it happens again, use another card and keep this one for examination.',
  },
  CARD_STATUS_UNEXPECTED: {
    what: 'The card refused a command: {command} was answered {sw}, {meaning}.',
    advice: 'Retry; if it happens again, Cancel and recycle the card.',
  },
  CARD_CANNOT_BE_BLANKED: {
    what: 'The card cannot be put back to blank: {why}.',
    advice: 'Terminate the device and destroy the card.',
  },
  CARD_KEY_MISMATCH: {
    what: 'The key in slot {slot} is not the one that the certificate was made for.',
    advice: 'Retry: a new key and certificate are made. If it happens again, use another card.',
  },
  ATTESTATION_FAILED: {
    what: 'The card’s statement about the key in slot {slot} does not hold: {why}.',
    advice: 'Do not use this card; keep it for examination.',
  },
  PROOF_OF_POSSESSION_FAILED: {
    what: 'The request signed by slot {slot} does not verify with its key.',
    advice: 'Retry; if it happens again, use another card.',
  },

  PIN_BREAKS_RULES: {
    what: 'The PIN does not keep the rules of the policy.',
    advice: 'Choose a PIN that keeps every rule shown.',
  },
  PIN_MISSING: { what: 'An initial PIN is needed.', advice: 'Enter the initial PIN.' },
  PIN_WRONG: { what: 'That PIN is not right. Tries left: {left}.', advice: 'Type it again, slowly.' },
  DEVICE_NOT_KNOWN: {
    what: 'This device was not issued here.',
    advice: 'Use the device that you got from your organisation.',
  },
  DEVICE_NOT_ACTIVE: {
    what: 'This device cannot be used to log in: it is not active, or its certificate has ended.',
    advice: 'Ask your help desk.',
  },
  DEVICE_NOT_PROVEN: {
    what: 'The device did not prove that it holds its key.',
    advice: 'Take it out, put it in again and repeat. If it happens again, give it to your help desk.',
  },
  PIN_NOT_EXPECTED: { what: 'No PIN is asked for at this moment.', advice: 'Load the page again.' },
  PIN_BLOCKED: { what: 'The PIN is blocked.', advice: 'Unlock the device: that sets a new PIN.' },
  PIN_REFUSED_BY_CARD: {
    what: 'The card itself does not take this PIN: {meaning}.',
    advice: 'Choose another PIN. Some cards have rules of their own, for example against repeated or ascending digits.',
  },
  PUK_NOT_OURS: {
    what: 'The card does not have the PUK that is stored for it: another program has changed it.',
    advice: 'The PIN cannot be unlocked here. Terminate and recycle the device, then issue it again.',
  },
  PUK_LAST_TRY: {
    what: 'An answer of the card was lost earlier, and its PUK has one try left.',
    advice: 'Only one PUK comes into question by now: unlock once more to use the last try, or recycle the device.',
  },

  CHALLENGE_MISTYPED: {
    what: 'The challenge was misread or mistyped (group {groups}).',
    advice: 'Have it read out again, group by group.',
  },
  CHALLENGE_OF_OTHER_CARD: {
    what: 'The challenge is not of this device: it was made with a key of another kind.',
    advice: 'Ask which device the user has put in, and open that one.',
  },
  UNBLOCK_NEEDS_OWN_KEY: {
    what: 'This device has no administration key of its own, so it cannot be unblocked from afar.',
    advice: 'Unlock the device at a reader.',
  },

  LAYOUT_NOT_PUBLISHABLE: {
    what: 'This layout cannot be published so: {problem}.',
    advice: 'Correct what is named, look at the preview, and publish again.',
  },
  PHOTO_NOT_A_PICTURE: {
    what: 'This file is no picture that can be read.',
    advice: 'Choose a picture in JPEG, PNG or WebP.',
  },
  PHOTO_TOO_LARGE: {
    what: 'This picture is too large.',
    advice: 'Choose one of at most 8 megabytes and 50 million pixels.',
  },
  PHOTO_TOO_SMALL: {
    what: 'The part of the picture that is kept has {width} × {height} pixels; {leastWidth} × {leastHeight} are needed.',
    advice: 'Choose a larger picture, or keep more of it.',
  },
  CA_UNREACHABLE: {
    what: 'The certificate authority cannot be reached.',
    advice: 'Nothing is lost. Retry when it is back; the card keeps its keys.',
  },
  CA_TIMEOUT: {
    what: 'The certificate authority did not answer in time.',
    advice: 'Nothing is lost. Retry: the same certificate is fetched, never a second.',
  },
  CA_REFUSED: {
    what: 'The certificate authority refused the certificate for slot {slot}: {detail}',
    advice: 'Correct the cause (user data, profile), then Retry.',
  },
  CA_WRONG_CERTIFICATE: {
    what: 'The certificate authority sent a certificate that breaks the profile for slot {slot}: {findings}.',
    advice: 'It was not written to the card. Tell the administrator of the certificate authority, then Retry.',
  },

  DELIVERY_WAITS: {
    what: 'This letter or mail is still under way.',
    advice: 'Wait: it is tried again by itself. If a printer waits, look there.',
  },
  DELIVERY_DONE: {
    what: 'This letter or mail was delivered, and what stood in it is wiped.',
    advice: 'If it did not reach its holder, set a new PIN at the device.',
  },
  DELIVERY_GONE: {
    what: 'What this letter or mail would bring is no longer good or no longer stored.',
    advice: 'Set a new PIN at the device if its holder needs one.',
  },

  SERVER_INTERRUPTED: {
    what: 'The server stopped while it was working on the card.',
    advice: 'Put the same card in, then Retry; nothing was lost.',
  },
  RELAY_LOST: {
    what: 'The connection to the workstation broke.',
    advice: 'Check the connection, put the same card in, then Retry.',
  },
  STORE_FULL: {
    what: 'The server’s disk is full: the next step could not be recorded, so it was not done.',
    advice: 'Have an administrator free space, then Retry.',
  },
  STORE_UNAVAILABLE: {
    what: 'The database cannot be reached: the next step could not be recorded, so it was not done.',
    advice: 'Have an administrator check the database, then Retry.',
  },
  INTERNAL: {
    what: 'Something went wrong inside Cardwright.',
    advice: 'Retry; if it happens again, copy the details for your administrator.',
  },
}

/** A name that is missing among the params stays readable instead of leaking braces. */
export const fillText = (text: string, params: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '…'))
