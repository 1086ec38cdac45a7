import type { Certificate } from '../certificate/parse.ts'
import type { Signer } from '../key/signer.ts'
import { CMS } from './content-type.ts'
import { signData } from './signed-data.ts'

/**
 * Issuer asymmetric signature of a CHUID, the value of its tag 3E (SP 800-73pt1-5 §3.1.2, FIPS 201-3 §4.2.1): detached, with
 * the content signer's certificate and its distinguished name as signed attribute.
 * @param signedBytes every TLV of the CHUID but 3E, the error detection code FE included, in order
 */
export const signChuid = (signedBytes: Uint8Array, certificate: Certificate, signer: Signer): Promise<Uint8Array> =>
  signData(
    {
      contentType: CMS.chuidSecurityObject,
      content: signedBytes,
      detached: true,
      signerCertificate: certificate,
      includeCertificate: true,
      attributes: [{ type: CMS.pivSignerDn, value: certificate.subject.der }],
    },
    signer,
  )
