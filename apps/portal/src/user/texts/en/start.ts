export const start = {
  'welcome.title': 'What do you want to do?',
  'welcome.start': 'Start',
  'welcome.startTitle': 'Set up my new device',
  'welcome.startText':
    'You have got a new smart card or security key. It takes about five minutes. You need the device and what you log in with.',
  'welcome.device': 'I have a working device',
  'welcome.deviceText': 'Change your PIN, see your certificates, change your security questions.',
  'welcome.without': 'I don’t have my smart card',
  'welcome.withoutText':
    'It is lost, stolen, damaged or not with you: log in without it and report it. Or its PIN is locked: unlock it.',
  'welcome.phoneTitle': 'To set up a device you need a computer',
  'welcome.phoneText':
    'Open this page on a computer with Chrome or Edge and a card reader or USB port. What needs no device works here as well.',
  'welcome.lost': 'My device is lost or broken',
  'welcome.farAway': 'My PIN is locked and I am far away',

  'computer.title': 'Is this computer ready?',
  'computer.ready': 'This computer is ready.',
  'computer.phoneTitle': 'You need a computer for this',
  'computer.phoneText': 'Open this page on a computer with Chrome or Edge and a card reader or USB port.',

  'device.insertTitle': 'Insert your device',
  'device.insertCard': 'Put the smart card into the reader, the gold contact first, or plug the security key in.',
  'device.waiting': 'Waiting for your device …',
  'device.found_one': 'A device was found.',
  'device.found_other': '{count} devices are connected. Choose the one to use.',
  'device.choose': 'Which device?',
  'device.chooseFault': 'Choose the device to use.',
  'device.insertFault': 'Insert your device first.',
  'device.problemFault': 'This device cannot be used here. Insert another one, or call the help desk.',
  'device.in': 'in {reader}',
  'device.serial': 'Number {serial}',
  'device.busy': 'This reader is busy. Wait a moment.',
  'device.noReaders': 'No reader is connected. Plug in your reader or your security key.',
  'device.notConnected': 'Connecting to the readers of this computer …',
  'device.form.card': 'Smart card',
  'device.form.key': 'Security key',
  'device.form.phone': 'Phone',

  'standing.TO_ISSUE': 'Made ready for you',
  'standing.BLANK': 'New',
  'standing.BLANK.text': 'This device is new and belongs to nobody yet. It becomes yours when you set it up.',
  'standing.ACTIVE': 'Already set up',
  'standing.ACTIVE.text':
    'This device is yours and works. There is nothing to set up. To change its PIN, log out and choose “I have a working device”.',
  'standing.NOT_USABLE': 'Not to be used now',
  'standing.NOT_USABLE.text':
    'This device is yours, but it is on hold, no longer valid or not given out yet. Call the help desk.',
  'standing.UNFINISHED': 'Not finished',
  'standing.UNFINISHED.text':
    'Setting up this device was begun and did not end. Call the help desk, so that they end it or clear the device.',
  'standing.NOT_YOURS': 'Not for you',
  'standing.NOT_YOURS.text':
    'This device belongs to somebody else or is not meant for you. Take it out and insert your own. If it is the one that you were given, call the help desk.',

  'ready.title': 'Set up this device?',
  'ready.insertTitle': 'Insert your device',
  'ready.notTitle': 'This device cannot be set up now',
  'ready.text': 'It takes one to three minutes. The device must stay where it is until the end.',
  'ready.do': 'Set up this device',
} as const
