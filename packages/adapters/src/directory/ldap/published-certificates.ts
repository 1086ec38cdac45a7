import { DirectoryError } from '@cardwright/core'
import { Attribute, Change, type Client } from 'ldapts'
import { type Access, asService } from './connection.ts'
import { idValue } from './entries.ts'
import { filterFor } from './filters.ts'
import { resultCodeOf, resultCodes } from './ldap-errors.ts'

/** By id, wherever the entry is now: between the wish and its fulfilment it may have been renamed. */
const findDn = async (client: Client, { settings }: Access, id: string): Promise<string | null> => {
  const value = idValue(settings.attributes.id, id)
  if (value === null) return null
  const { searchEntries } = await client.search(settings.userBase, {
    filter: filterFor(settings.userFilter, settings.attributes.id, value),
    attributes: ['1.1'],
    sizeLimit: 2,
  })
  if (searchEntries.length > 1)
    throw new DirectoryError(
      'DIRECTORY_USER_AMBIGUOUS',
      'Looking a user up in the directory: more than one entry has this id.',
      'Choose an attribute for the id that no two entries share.',
    )
  return searchEntries[0]?.dn ?? null
}

const change = (operation: 'add' | 'delete', type: string, values: Buffer[] | string[]): Change =>
  new Change({ operation, modification: new Attribute({ type, values }) })

const tolerating = async (code: number, work: Promise<void>): Promise<void> => {
  await work.catch(error => {
    if (resultCodeOf(error) !== code) throw error
  })
}

export const publishCertificate = (
  access: Access,
  id: string,
  certificate: Uint8Array,
): Promise<'DONE' | 'NO_SUCH_USER'> =>
  asService(access, 'Publishing a certificate in the directory', async client => {
    const dn = await findDn(client, access, id)
    if (dn === null) return 'NO_SUCH_USER'
    const add = change('add', access.settings.attributes.certificate, [Buffer.from(certificate)])
    try {
      await tolerating(resultCodes.attributeOrValueExists, client.modify(dn, add))
    } catch (error) {
      if (resultCodeOf(error) !== resultCodes.objectClassViolation) throw error
      // No class of the entry allows certificates; pkiUser is there to be added for that (RFC 4523 §3.1).
      await client.modify(dn, [change('add', 'objectClass', ['pkiUser']), add])
    }
    return 'DONE'
  })

export const withdrawCertificate = (
  access: Access,
  id: string,
  certificate: Uint8Array,
): Promise<'DONE' | 'NO_SUCH_USER'> =>
  asService(access, 'Withdrawing a certificate from the directory', async client => {
    const dn = await findDn(client, access, id)
    if (dn === null) return 'NO_SUCH_USER'
    const remove = change('delete', access.settings.attributes.certificate, [Buffer.from(certificate)])
    await tolerating(resultCodes.noSuchAttribute, client.modify(dn, remove))
    return 'DONE'
  })
