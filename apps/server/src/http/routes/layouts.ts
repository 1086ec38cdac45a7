import {
  createLayout,
  type Database,
  getLayoutView,
  layoutVersions,
  listLayouts,
  publishLayout,
} from '@cardwright/adapters/db'
import { type CardPicture, routes } from '@cardwright/contract'
import {
  type CardFilling,
  type CardRenderer,
  type Clock,
  issuanceTypeOfDevice,
  type LayoutContent,
  type LayoutProblemCode,
  layoutsOfGroups,
  layoutValues,
  RefusalError,
  refuse,
  type Store,
  sampleDevice,
  sampleUser,
} from '@cardwright/core'
import { actorOf, type Caller } from '../caller.ts'
import type { Registrar } from '../registrar.ts'
import { written } from '../written.ts'
import { found, insistOnSeeingUsers } from './people.ts'

export type LayoutRoutePorts = {
  readonly database: Database
  readonly store: Store
  readonly renderer: CardRenderer
  readonly clock: Clock
}

const url = (png: Uint8Array): string => `data:image/png;base64,${Buffer.from(png).toString('base64')}`

export const cardPictureOf = ({ pictures, problems }: Awaited<ReturnType<CardRenderer['render']>>): CardPicture => ({
  front: url(pictures.front),
  back: pictures.back && url(pictures.back),
  problems: [...problems],
})

/** What is wrong with the layout itself, whoever's card it is on. The rest depends on the values. */
const ofTheLayout: readonly LayoutProblemCode[] = ['FIELD_UNKNOWN', 'PICTURE_UNREADABLE', 'SIDE_TOO_FULL']

export const registerLayoutRoutes = ({ handle }: Registrar, ports: LayoutRoutePorts): void => {
  const { database, store, renderer, clock } = ports
  const { db } = database
  const by = (caller: Caller) => ({ actor: actorOf(caller), at: clock() })
  const layout = async (id: string, { scope }: Caller, version?: number) =>
    found(await getLayoutView(db, scope, id, version))

  const sample = async (): Promise<CardFilling> => ({
    values: layoutValues({
      user: sampleUser,
      device: sampleDevice(clock()),
      organisation: await store.transaction(tx => tx.settings.organisation()),
    }),
    photo: null,
    language: null,
  })
  const ofUser = (userId: string): Promise<CardFilling> =>
    store.transaction(async tx => {
      const user = found(await tx.users.get(userId))
      return {
        values: layoutValues({
          user,
          device: sampleDevice(clock()),
          organisation: await tx.settings.organisation(),
        }),
        photo: await tx.photos.ofUser(userId),
        language: user.language,
      }
    })
  const refuseUnpublishable = async (content: LayoutContent): Promise<void> => {
    const { problems } = await renderer.render(content, await sample())
    const problem = problems.find(p => ofTheLayout.includes(p.code))
    if (problem) throw new RefusalError(refuse('LAYOUT_NOT_PUBLISHABLE', { problem: problem.text.replace(/\.$/, '') }))
  }

  handle(routes.listLayouts, async ({ caller }) => ({ rows: await listLayouts(db, caller.scope) }))
  handle(routes.getLayout, ({ params, query, caller }) => layout(params.id, caller, query.version))
  handle(routes.layoutVersions, async ({ params, caller }) => {
    await layout(params.id, caller)
    return { rows: await layoutVersions(db, caller.scope, params.id) }
  })
  handle(routes.createLayout, async ({ body, caller }) => {
    await refuseUnpublishable(body.content)
    const { content, ...made } = await layout(written(await createLayout(database, body, by(caller))).id, caller)
    const { name, description, back } = content
    return { ...made, content: { name, description }, twoSided: back !== null }
  })
  handle(routes.publishLayout, async ({ params, body, caller }) => {
    // What was published once can always be retired.
    if (!body.retired) await refuseUnpublishable(body.content)
    return layout(written(await publishLayout(database, params.id, body, by(caller))).id, caller)
  })

  handle(routes.previewLayout, async ({ body, caller }) => {
    if (body.userId !== undefined) insistOnSeeingUsers(caller)
    const filling = body.userId === undefined ? await sample() : await ofUser(body.userId)
    return cardPictureOf(await renderer.render(body.content, filling))
  })

  handle(routes.userLayouts, async ({ params, query }) => {
    const layouts = await store.transaction(async tx => {
      const device = query.deviceId === undefined ? null : found(await tx.devices.get(query.deviceId))
      if (device && device.userId !== params.id) throw new RefusalError(refuse('NOT_FOUND'))
      const type = device ? await issuanceTypeOfDevice(tx, device) : query.type
      return tx.layouts.newest(layoutsOfGroups(await tx.groups.ofUser(params.id), type))
    })
    return {
      rows: layouts
        .filter(({ retired }) => !retired)
        .map(({ id, version, content }) => ({
          id,
          version,
          name: content.name,
          description: content.description,
          twoSided: content.back !== null,
        })),
    }
  })
}
