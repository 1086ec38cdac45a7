import { CertificateAuthorityError } from '@cardwright/core'

/** The CA will not do this however often it is asked. */
export const refused = (why: string): CertificateAuthorityError => new CertificateAuthorityError('CA_REFUSED', why)

/** Too many others changed the same record at the same time: the work may be tried again. */
export const contended = (): CertificateAuthorityError =>
  new CertificateAuthorityError('CA_UNREACHABLE', 'The CA is busy with the same certificate: try again')
