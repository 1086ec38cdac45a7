import { startIppTestServer } from '@cardwright/printer-ipp/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { makeServerCertificate } from '../../testing/mail/tls-files.ts'
import { KEYWORDS, NEVER_ENDS, type PrinterUnderTest, printerContract } from '../../testing/printer/printer-contract.ts'
import { createNetworkPrinter } from './ipp-printer.ts'

const limits = { answerMs: 1000, pollMs: 5, silenceMs: 100, cancelMs: 1000, jobMs: 10_000 }
const tls = () => makeServerCertificate('IP:127.0.0.1,DNS:localhost')

const underTest = (secure: boolean) => async (): Promise<PrinterUnderTest> => {
  const certificate = secure ? tls() : undefined
  const server = await startIppTestServer({ neverEnds: NEVER_ENDS, ...(certificate && { tls: certificate }) })
  const caCertificates = certificate?.caCertificates ?? ''
  return {
    printer: createNetworkPrinter({ uri: server.uri, caCertificates, limits }),
    arrived: async () => server.printed.map(one => one.jobName),
    setFault: async code => server.setReasons(...(code ? [KEYWORDS[code]] : [])),
    vanish: server.vanish,
    comeBack: server.comeBack,
    close: server.close,
  }
}
printerContract('IPP', underTest(false))
printerContract('IPP over TLS', underTest(true))

describe('IPP over TLS', () => {
  const open: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of open.splice(0)) await close()
  })
  const start = async (subjectAltName: string) => {
    const server = await startIppTestServer({ tls: makeServerCertificate(subjectAltName) })
    open.push(server.close)
    return server
  }

  test.each([
    ['an authority that nobody knows', 'IP:127.0.0.1', '', /UNABLE_TO_VERIFY|SELF_SIGNED/],
    ['the name of another', 'DNS:printer.example.org', 'its own', /ERR_TLS_CERT_ALTNAME_INVALID/],
  ])('a printer with a certificate of %s is offline, and gets nothing', async (_, names, authority, reason) => {
    const server = await start(names)
    const caCertificates = authority && makeServerCertificate(names).caCertificates
    const printer = createNetworkPrinter({ uri: server.uri, caCertificates, limits })
    const { state, faults } = await printer.status()
    expect(state).toBe('FAULT')
    expect(faults).toEqual([{ code: 'OFFLINE', severity: 'ERROR', keyword: expect.stringMatching(reason) }])
    expect(server.asked).toEqual([])
  })

  test('a printer without TLS at an ipps address is offline', async () => {
    const server = await startIppTestServer()
    open.push(server.close)
    const printer = createNetworkPrinter({ uri: server.uri.replace('ipp:', 'ipps:'), limits })
    expect((await printer.status()).faults).toMatchObject([{ code: 'OFFLINE' }])
    expect(server.asked).toEqual([])
  })

  test('PEM that is none makes it offline, as one that cannot be trusted', async () => {
    const server = await start('IP:127.0.0.1')
    const printer = createNetworkPrinter({ uri: server.uri, caCertificates: 'no PEM', limits })
    expect((await printer.status()).faults).toMatchObject([{ code: 'OFFLINE' }])
  })
})
