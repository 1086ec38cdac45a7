/** What an operator sends to themselves to see that the mail settings are right. */
export const testMail = (publicUrl: string): { readonly subject: string; readonly text: string } => ({
  subject: 'Test of the mail settings',
  text: `This is the test mail that you asked for at ${publicUrl}.\n\nMail from there reaches you. You need not answer.\n`,
})
