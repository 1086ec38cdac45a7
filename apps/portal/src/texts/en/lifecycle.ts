export const lifecycle = {
  'lifecycle.title': 'Requests and replacement',
  'lifecycle.lead': 'How devices are requested, replaced and ended.',
  'lifecycle.devices': 'Devices of a user',
  'lifecycle.multipleActive': 'More than one active device a user',
  'lifecycle.multipleActive.yes': 'A user can have several active devices at the same time.',
  'lifecycle.multipleActive.no':
    'A second device is issued only as a replacement. Temporary devices and phones are not counted.',
  'lifecycle.temporaryValidityDays': 'A temporary device works for (days)',
  'lifecycle.temporaryValidityDays.hint':
    'It stands in for a device that was left at home. Devices issued already keep their end.',
  'lifecycle.requests': 'Requests',
  'lifecycle.requestDays': 'A request ends by itself after (days)',
  'lifecycle.requestDays.hint':
    'If nobody approves, denies or executes it. A report of a lost or stolen device stands until somebody decides.',

  'lifecycle.separation': 'Separation of duties',
  'lifecycle.separationText':
    'Roles say who may do what; these say that it takes two people. Users who set up their own device in the User portal are not concerned.',
  'lifecycle.requesterApprover': 'Nobody approves what they asked for themselves',
  'lifecycle.requesterApprover.yes': 'An operator who made a request, or is the user it is for, cannot approve it.',
  'lifecycle.requesterApprover.no': 'An operator who may do both can ask and approve alone.',
  'lifecycle.approverIssuer': 'Nobody issues what they approved themselves',
  'lifecycle.approverIssuer.yes': 'Whoever approved a request cannot issue its device; a second officer does.',
  'lifecycle.approverIssuer.no': 'An operator who may do both can approve and issue alone.',
  'lifecycle.requesterIssuer': 'Nobody issues what they asked for themselves',
  'lifecycle.requesterIssuer.yes':
    'Whoever made a request cannot issue its device. With the Help desk’s local issuance, another officer issues.',
  'lifecycle.requesterIssuer.no': 'An operator who may do both can ask and issue alone.',
  'lifecycle.roles': 'Roles that permit both: {roles}.',
  'lifecycle.roles.none': 'No role permits both.',
  'lifecycle.roles.role_one': '{role} ({count} operator)',
  'lifecycle.roles.role_other': '{role} ({count} operators)',

  'lifecycle.revocation': 'Revocation reasons of {authority}',
  'lifecycle.revocationText':
    'What the certificate authority publishes when a device ends. Revoked certificates never come back; on hold is something else and needs no reason.',
  'lifecycle.revocation.end': 'When a device',
  'lifecycle.revocation.reason': 'Reason that is published',
  'lifecycle.revocation.means': 'What it says',
  'lifecycle.revocation.of': 'When the device {end}',
  'lifecycle.end.LOST': 'was lost',
  'lifecycle.end.STOLEN': 'was stolen',
  'lifecycle.end.DAMAGED': 'was damaged',
  'lifecycle.end.EXPIRED': 'has expired',
  'lifecycle.end.RENEW': 'was renewed',
  'lifecycle.end.UNASSIGNED': 'was taken back',
  'lifecycle.rfc.keyCompromise': 'Somebody else may use the key.',
  'lifecycle.rfc.superseded': 'Another certificate takes its place.',
  'lifecycle.rfc.cessationOfOperation': 'It is no longer needed.',
  'lifecycle.rfc.unspecified': 'No reason is published.',
  'lifecycle.rfc.default': '{reason} (default)',
  'lifecycle.rfc.changed': 'The default is {reason}.',
  'lifecycle.rfc.risky':
    'Nobody is told that somebody else may hold the key. What was signed with it before may be trusted as before.',
  'lifecycle.noAuthority': 'No certificate authority is set up.',
} as const
