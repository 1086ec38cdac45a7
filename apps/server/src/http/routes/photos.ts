import { type Database, deletePhoto, getPhoto, putPhoto } from '@cardwright/adapters/db'
import { makePhoto } from '@cardwright/adapters/photo'
import { routes } from '@cardwright/contract'
import type { Clock } from '@cardwright/core'
import { accessOf, actorOf, type Caller } from '../caller.ts'
import { accepted } from '../problems.ts'
import type { Registrar } from '../registrar.ts'
import { written } from '../written.ts'

export type PhotoRoutePorts = { readonly database: Database; readonly clock: Clock }

export const registerPhotoRoutes = ({ handle }: Registrar, { database, clock }: PhotoRoutePorts): void => {
  const { db } = database
  const by = (caller: Caller) => ({ actor: actorOf(caller), at: clock() })

  handle(routes.getPhoto, ({ params }) => getPhoto(db, params.id))
  handle(routes.putPhoto, async ({ params, body, caller }) => {
    const picture = accepted(await makePhoto(Buffer.from(body.file, 'base64'), body.crop))
    written(await putPhoto(database, params.id, picture, by(caller), accessOf(caller)))
    return getPhoto(db, params.id)
  })
  handle(routes.deletePhoto, async ({ params, caller }) => {
    written(await deletePhoto(database, params.id, by(caller), accessOf(caller)))
    return getPhoto(db, params.id)
  })
}
