/** Content types and attributes of CMS that cards and certificate delivery use. */
export const CMS = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  /** id-PIV-CHUIDSecurityObject (FIPS 201-3 App. B). */
  chuidSecurityObject: '2.16.840.1.101.3.6.1',
  /** pivSigner-DN. */
  pivSignerDn: '2.16.840.1.101.3.6.5',
  /**
   * id-icao-ldsSecurityObject with the arc of the first MRTD PKI report, which PIV kept (SP 800-73pt1-5 §3.1.7; GSA's card tests
   * want this one). Travel documents use 2.23.136.1.1.1.
   */
  ldsSecurityObject: '1.3.27.1.1.1',
} as const
