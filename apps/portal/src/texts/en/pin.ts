export const pin = {
  'unlock.title': 'Unlock or change PIN',
  'unlock.unlock': 'Set a new PIN; the device is here',
  'unlock.unlock.hint': '{user} has forgotten the PIN, or it is blocked after too many wrong tries.',
  'unlock.change': 'Change the PIN; the device is here',
  'unlock.change.hint': '{user} knows the old PIN.',
  'unlock.far': '{user} is far away',
  'unlock.far.hint': 'By telephone: {user} reads out a challenge, you read back the answer.',
  'unlock.go': 'Continue',
  'unlock.step': 'Step {step} of 3: {title}',

  'unlock.unlock.title': 'Set a new PIN',
  'unlock.unlock.text':
    'Hand the keyboard to {user}. The new PIN goes to the device and is not stored; the one before stops working.',
  'unlock.unlock.do': 'Set PIN',
  'unlock.unlock.done': 'Device …{last} has a new PIN. {user} can use it again.',
  'unlock.change.title': 'Change the PIN',
  'unlock.change.text':
    'Hand the keyboard to {user}. A wrong old PIN counts as a try; after too many the device is blocked.',
  'unlock.oldPin': 'Old PIN',
  'unlock.change.do': 'Change PIN',
  'unlock.change.done': 'The PIN of device …{last} is changed.',

  'unlock.far.title': 'Unlock by telephone',
  'unlock.caller': 'Make sure who is calling',
  'unlock.callerText': 'Whoever gets the answer can set a new PIN and act as {user} with this device.',
  'unlock.callerBack': 'Call back at the number that your organisation has on file, not at one the caller gives.',
  'unlock.callerAsk':
    'Ask for something that only this person knows. What stands below, and the digits {last} on the device, may be known to others.',
  'unlock.callerSure': 'I am sure that I am speaking to {user}',
  'unlock.challengeTitle': 'Let the caller read out the challenge',
  'unlock.challengeWho': 'The caller',
  'unlock.challengeInsert': 'puts the device ending in {last} into a computer with the Cardwright browser extension,',
  'unlock.challengeOpen':
    'clicks the Cardwright button in the browser’s toolbar, which may be behind the puzzle piece, and begins,',
  'unlock.challengeRead': 'reads out the challenge, and leaves the page open and the device in the reader.',
  'unlock.challengeOnline': 'Whoever can log in to the User portal can unlock the device there without a call:',
  'unlock.challenge': 'Challenge',
  'unlock.challengeHint':
    'Capital and small letters are the same; groups are set by themselves. The letters I, L, O and U do not occur.',
  'unlock.challengeDo': 'Get answer',
  'unlock.answerTitle': 'Read the answer to the caller',
  'unlock.answer': 'answer',
  'unlock.answerNext': 'What happens next',
  'unlock.answerType': 'The caller types the answer on the open page. The device checks it.',
  'unlock.answerPin': 'The caller sets a new PIN at once and can use the device again.',
  'unlock.answerOnce':
    'The answer fits this challenge only. If the page was closed or the device taken out, begin again.',
  'unlock.again': 'Type a new challenge',
  'unlock.answered': 'Done',

  'unlock.keepStep': 'Giving what was typed to the client of this workstation',
  'unlock.keepFormat': 'Type 4 to 8 digits.',
  'unlock.keepAdvice': 'Nothing was changed. Look at the workstation’s indicator at the top, then try again.',

  'reader.notReady': 'The browser extension or the client of this workstation is missing, too old or not connected.',
  'reader.notReadyStep': 'Looking at this workstation',
  'reader.SERVER': 'Server',
  'reader.WORKSTATION': 'This workstation',
  'reader.SERVER.text': 'The reader is connected to the server.',
  'reader.WORKSTATION.text': 'The reader is connected to this workstation. What is typed stays here.',
} as const
