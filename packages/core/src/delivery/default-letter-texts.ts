import type { LetterTexts } from './letter-settings.ts'

/** What a letter or mail says until somebody writes texts of their own. */
export const defaultLetterTexts: readonly LetterTexts[] = [
  {
    language: 'en',
    letterSubject: 'The {what} of your card {serial}',
    letterBody: `Dear {displayName},

your card {serial} is ready. This letter brings you its {what}; the card itself comes another way.

Your PIN: {pin}
Enter it whenever your computer asks for the PIN of your card. After several wrong ones in a row the card is blocked.

Your PUK: {puk}
You need it only if your card is blocked: with the PUK a new PIN is set. Do not keep it together with the card.

Keep the number to yourself. Nobody will ever ask you for it, not even the help desk.

If this letter had been opened before you got it, or if you expect no card, please tell the help desk at once.`,
    mailSubject: 'The {what} of your card {serial}',
    mailText: `Dear {displayName},

your card {serial} of {organisation} is ready. This mail brings you its {what}.

    {pin}
Enter this PIN whenever your computer asks for the PIN of your card. After several wrong ones in a row the card is blocked.

    {puk}
You need this PUK only if your card is blocked: with it a new PIN is set.

Keep the number to yourself and delete this mail when you know it. Nobody will ever ask you for it, not even the help desk.

If you expect no card, please tell the help desk.`,
    mailHtml: '',
  },
  {
    language: 'de',
    letterSubject: '{what} Ihrer Karte {serial}',
    letterBody: `Guten Tag {displayName},

Ihre Karte {serial} ist fertig. Mit diesem Brief erhalten Sie die {what}; die Karte selbst kommt auf anderem Weg.

Ihre PIN: {pin}
Geben Sie sie ein, wenn Ihr Computer nach der PIN der Karte fragt. Nach mehreren falschen Eingaben hintereinander ist die Karte gesperrt.

Ihre PUK: {puk}
Sie brauchen sie nur, wenn Ihre Karte gesperrt ist: Mit der PUK wird eine neue PIN gesetzt. Bewahren Sie sie nicht bei der Karte auf.

Behalten Sie die Zahl für sich. Niemand wird Sie je danach fragen, auch nicht der Helpdesk.

Falls dieser Brief schon geöffnet war oder Sie keine Karte erwarten, sagen Sie bitte sofort dem Helpdesk Bescheid.`,
    mailSubject: '{what} Ihrer Karte {serial}',
    mailText: `Guten Tag {displayName},

Ihre Karte {serial} von {organisation} ist fertig. Mit dieser Mail erhalten Sie die {what}.

    {pin}
Geben Sie diese PIN ein, wenn Ihr Computer nach der PIN der Karte fragt. Nach mehreren falschen Eingaben hintereinander ist die Karte gesperrt.

    {puk}
Sie brauchen diese PUK nur, wenn Ihre Karte gesperrt ist: Mit ihr wird eine neue PIN gesetzt.

Behalten Sie die Zahl für sich und löschen Sie diese Mail, sobald Sie sie kennen. Niemand wird Sie je danach fragen, auch nicht der Helpdesk.

Falls Sie keine Karte erwarten, sagen Sie bitte dem Helpdesk Bescheid.`,
    mailHtml: '',
  },
]
