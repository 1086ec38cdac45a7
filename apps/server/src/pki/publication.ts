import type { FastifyInstance, FastifyReply } from 'fastify'
import { EdgeError } from '../http/problems.ts'

type Published = {
  readonly rootCertificate: Uint8Array
  readonly issuingCertificate: Uint8Array
  rootCrl(): Promise<{ readonly der: Uint8Array; readonly nextUpdate: number }>
  issuingCrl(): Promise<{ readonly der: Uint8Array; readonly nextUpdate: number }>
  answerOcsp(request: Uint8Array): Promise<Uint8Array>
}

/** Larger than any request for a handful of certificates; RFC 6960 appendix A names 255 bytes for GET. */
const OCSP_LIMIT = 16 * 1024
/** A CRL may be kept this long by proxies; a revocation shows as soon as that. */
const CRL_MAX_AGE_S = 300

/**
 * What relying parties fetch, open to everybody over plain HTTP (RFC 5280 §8: an https address here could need the very
 * CRL that it serves): CA certificates, CRLs, OCSP by GET and POST (RFC 6960 appendix A).
 */
export const registerPublication = (app: FastifyInstance, authority: Published): void => {
  const send = (reply: FastifyReply, type: string, der: Uint8Array, maxAge: number) =>
    reply.header('content-type', type).header('cache-control', `public, max-age=${maxAge}`).send(Buffer.from(der))

  const certificates = { root: authority.rootCertificate, issuing: authority.issuingCertificate }
  for (const [name, der] of Object.entries(certificates)) {
    app.get(`/pki/${name}.cer`, (_request, reply) => send(reply, 'application/pkix-cert', der, 86_400))
  }
  const crls = { root: () => authority.rootCrl(), issuing: () => authority.issuingCrl() }
  for (const [name, crl] of Object.entries(crls)) {
    app.get(`/pki/${name}.crl`, async (_request, reply) =>
      send(reply, 'application/pkix-crl', (await crl()).der, CRL_MAX_AGE_S),
    )
  }

  const answer = async (reply: FastifyReply, request: Uint8Array) => {
    const der = await authority.answerOcsp(request)
    return reply
      .header('content-type', 'application/ocsp-response')
      .header('cache-control', 'no-store')
      .send(Buffer.from(der))
  }
  app.register(async ocsp => {
    ocsp.addContentTypeParser(
      'application/ocsp-request',
      { parseAs: 'buffer', bodyLimit: OCSP_LIMIT },
      (_r, body, done) => done(null, body),
    )
    for (const path of ['/pki/ocsp', '/ocsp']) {
      ocsp.post(path, async (request, reply) => {
        if (!(request.body instanceof Uint8Array)) throw new EdgeError('MEDIA_TYPE_NOT_ACCEPTED')
        return answer(reply, request.body)
      })
      ocsp.get(`${path}/*`, async (request, reply) => {
        const { '*': encoded } = request.params as { '*': string }
        return answer(reply, Uint8Array.from(Buffer.from(encoded, 'base64')))
      })
    }
  })
}
