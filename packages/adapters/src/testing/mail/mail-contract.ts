import type { Mail, MailMessage } from '@cardwright/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

export type MailUnderTest = {
  readonly mail: Mail
  /** All that arrived so far, as its reader sees it. */
  arrived(): readonly MailMessage[]
  close(): Promise<void>
}

const message = (change: Partial<MailMessage> = {}): MailMessage => ({
  to: 'li.wei@example.org',
  subject: 'Your initial password',
  text: 'Hello Li Wei\n\nthe password is F7QK-2M9D.\n',
  html: '<p>Hello Li Wei, the password is <b>F7QK-2M9D</b>.</p>',
  messageId: '0190b5a2-0000-7000-8000-000000000001@example.org',
  ...change,
})

/** What every implementation of the core's Mail port must do. Its receiver knows no `unknown@…`; `busy@…` is busy. */
export function mailContract(name: string, open: () => Promise<MailUnderTest>): void {
  describe(`Mail: ${name}`, () => {
    let it: MailUnderTest
    beforeAll(async () => {
      it = await open()
    })
    afterAll(() => it.close())

    test('what is sent arrives: address, subject, text, HTML and Message-ID', async () => {
      await it.mail.send(message())
      expect(it.arrived().at(-1)).toEqual(message())
    })

    test('names and texts in any script arrive as they were, long lines and lone dots too', async () => {
      const odd = message({
        subject: 'Пароль für 李伟 – the one that sets up the security device on your desk, and no other one',
        text: `李伟, ваш пароль:\n.\n..\n${'a long line '.repeat(120)}\nend\n`,
        html: `<p>李伟 &lt;script&gt; ${'é'.repeat(500)}</p>`,
      })
      await it.mail.send(odd)
      expect(it.arrived().at(-1)).toEqual(odd)
    })

    test('without HTML there is none', async () => {
      const { html: _, ...plain } = message()
      await it.mail.send(plain)
      expect(it.arrived().at(-1)).toEqual(plain)
    })

    test('a repeat after a lost answer carries the same Message-ID', async () => {
      await it.mail.send(message({ messageId: 'same@example.org' }))
      await it.mail.send(message({ messageId: 'same@example.org' }))
      expect(
        it
          .arrived()
          .slice(-2)
          .map(m => m.messageId),
      ).toEqual(['same@example.org', 'same@example.org'])
    })

    test.each<[string, Partial<MailMessage>]>([
      ['a header behind the address', { to: 'li.wei@example.org\r\nBcc: eve@example.com' }],
      ['a second address', { to: 'li.wei@example.org, eve@example.com' }],
      ['a name before the address', { to: 'Eve <eve@example.com>' }],
      ['a command behind the address', { to: 'li.wei@example.org>\r\nRCPT TO:<eve@example.com' }],
      ['no address', { to: '' }],
      ['a header behind the subject', { subject: 'Hello\r\nBcc: eve@example.com' }],
      ['a lone line feed in the subject', { subject: 'Hello\nBcc: eve@example.com' }],
      ['a header behind the Message-ID', { messageId: 'x@example.org>\r\nBcc: eve@example.com' }],
    ])('%s is refused before anything is sent', async (_, change) => {
      const before = it.arrived().length
      await expect(it.mail.send(message(change))).rejects.toMatchObject({
        name: 'MailError',
        code: 'MAIL_REFUSED',
        permanent: true,
      })
      expect(it.arrived()).toHaveLength(before)
    })

    test('an address that the server does not know is refused for good, one that is busy for now; the next mail goes', async () => {
      const refused = { name: 'MailError', code: 'MAIL_REFUSED' }
      await expect(it.mail.send(message({ to: 'unknown@example.org' }))).rejects.toMatchObject({
        ...refused,
        permanent: true,
      })
      await expect(it.mail.send(message({ to: 'busy@example.org' }))).rejects.toMatchObject({
        ...refused,
        permanent: false,
      })
      const before = it.arrived().length
      await it.mail.send(message())
      expect(it.arrived()).toHaveLength(before + 1)
    })

    test('an error holds nothing of what the mail says', async () => {
      const error = await it.mail.send(message({ to: 'unknown@example.org' })).catch(e => e)
      expect(`${error.message} ${error.advice} ${error.stack} ${JSON.stringify(error)}`).not.toContain('F7QK')
      expect(error.cause).toBeUndefined()
    })
  })
}
