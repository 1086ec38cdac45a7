// A process of its own, as a server is: our CA's OCSP answers over http. Prints where it listens and for what.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { benchAuthority, certificateRequests } from '../ca/authority.ts'

const { authority } = await benchAuthority()
const serials: string[] = []
for (const request of await certificateRequests(Number(process.argv[2])))
  serials.push((await authority.issue(request)).serialNumber)

const server = createServer(async (request, response) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const answer = await authority.answerOcsp(new Uint8Array(Buffer.concat(parts)))
  response.setHeader('content-type', 'application/ocsp-response').end(answer)
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  console.log(JSON.stringify({ port, serials, issuer: Buffer.from(authority.issuingCertificate).toString('base64') }))
})
