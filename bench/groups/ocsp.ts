import { Agent, request } from 'node:http'
import { encodeCertId, encodeOcspRequest, fromHex, parseCertificate } from '@cardwright/pki'
import { median, type Report, seconds } from '../harness.ts'
import { isGoodAnswer } from '../ocsp/check-answer.ts'
import { type Responder, startOpenssl, startOurs } from '../ocsp/responders.ts'

export const name = 'ocsp'

const CERTIFICATES = 1000
const REQUESTS = 1000
const CLIENTS = 4
const REPEATS = 5

/** Our responder and openssl's, each in a process of its own, asked the same way by the same client. */
export async function run(report: Report): Promise<void> {
  const ours = await startOurs(CERTIFICATES)
  const theirs = await startOpenssl(CERTIFICATES)
  try {
    const rates = { ours: [] as number[], theirs: [] as number[], kept: [] as number[] }
    // The first round warms up.
    for (let i = 0; i <= REPEATS; i++) {
      const round = { ours: await rate(ours, false), theirs: await rate(theirs, false), kept: await rate(ours, true) }
      if (i > 0) for (const which of ['ours', 'theirs', 'kept'] as const) rates[which].push(round[which])
    }
    const how = `P-256 responder key, SHA-256, ${CERTIFICATES} certificates, ${CLIENTS} clients over http, only complete answers with a right signature for the right certificate count; median of ${REPEATS} × ${REQUESTS}, interleaved`
    const each = `a connection for each request; ${how}`
    report({ name: 'ocsp.per_s', value: median(rates.ours), unit: '1/s', note: each })
    report({ name: 'ocsp.openssl_per_s', value: median(rates.theirs), unit: '1/s', note: `openssl ocsp; ${each}` })
    const ratio = median(rates.ours) / median(rates.theirs)
    report({ name: 'ocsp.vs_openssl', value: ratio, unit: '×', note: `ours ÷ openssl ocsp; ${each}` })
    const kept = `connections kept open, which openssl ocsp cannot; ${how}`
    report({ name: 'ocsp.keep_alive_per_s', value: median(rates.kept), unit: '1/s', note: kept })
    const asEachCan = median(rates.kept) / median(rates.theirs)
    const best = `ours with connections kept open ÷ openssl ocsp with one for each request, which is all it can; ${how}`
    report({ name: 'ocsp.keep_alive_vs_openssl', value: asEachCan, unit: '×', note: best })
  } finally {
    await ours.stop()
    await theirs.stop()
  }
}

/** Verified answers a second. Signatures are checked after the clock has stopped, so the checking slows nobody. */
async function rate(responder: Responder, keepAlive: boolean): Promise<number> {
  const issuer = parseCertificate(new Uint8Array(responder.issuer.raw))
  const asked = Array.from({ length: REQUESTS }, (_, i) => responder.serials[i % responder.serials.length] ?? '')
  const requests = asked.map(serial => encodeOcspRequest([encodeCertId('sha256', issuer, fromHex(serial))]))
  const agent = new Agent({ keepAlive })
  const answers: Buffer[] = []
  let next = 0
  const client = async (): Promise<void> => {
    for (let i = next++; i < REQUESTS; i = next++) answers[i] = await ask(responder.port, requests[i], agent)
  }
  const taken = await seconds(() => Promise.all(Array.from({ length: CLIENTS }, client)))
  agent.destroy()
  const good = answers.filter((answer, i) => isGoodAnswer(answer, asked[i] ?? '', responder.issuer)).length
  if (good < REQUESTS) throw new Error(`${REQUESTS - good} of ${REQUESTS} answers are not good`)
  return good / taken
}

function ask(port: number, body: Uint8Array | undefined, agent: Agent): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/ocsp-request', 'content-length': body?.length ?? 0 }
    const sent = request({ host: '127.0.0.1', port, method: 'POST', path: '/', headers, agent }, async response => {
      try {
        const parts: Buffer[] = []
        for await (const part of response) parts.push(part as Buffer)
        resolve(Buffer.concat(parts))
      } catch (error) {
        reject(error)
      }
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
