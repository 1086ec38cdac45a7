import { z } from 'zod'
import { route } from '../route.ts'
import { id, issuanceType, name, pictureUrl, text, timestamp, version } from '../vocabulary.ts'

/** CR80 (ISO/IEC 7810 ID-1): 85.60 × 53.98 mm. Positions are millimetres from the upper left corner. */
export const CARD_WIDTH_MM = 85.6
export const CARD_HEIGHT_MM = 53.98
export const PRINT_DPI = 300

/** The contacts (ISO/IEC 7816-2: 10.25 to 19.87 mm by 19.23 to 28.55 mm) with the module around them. */
export const CHIP_ZONE_MM = { x: 8.5, y: 17.9, width: 13, height: 12 } as const
/** A stripe with three tracks reaches from 5.54 to 15.95 mm at least (ISO/IEC 7811-2), and is wider by its tolerance. */
export const MAGNETIC_STRIPE_ZONE_MM = { x: 0, y: 4.5, width: 85.6, height: 12.5 } as const

/** Elements may reach over the edge: what is to be printed to the edge needs bleed. */
const millimetres = z.number().min(-20).max(110)
const extent = z.number().min(0.1).max(120)
const colour = z.string().regex(/^#[0-9a-f]{6}$/)
const rotation = z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)])
/**
 * The box is the place on the card that the element takes up as it is printed. `rotation` turns what is in it, clockwise:
 * at 90 and 270 a text runs along the height of its box. A line runs through the middle of its box, lying at 0 and 180,
 * standing at 90 and 270.
 */
const box = { id: z.string().min(1).max(40), x: millimetres, y: millimetres, width: extent, height: extent, rotation }

/** What may stand between braces in the text of an element and in a barcode: `{givenName} {familyName}`. */
export const layoutFields = [
  'displayName',
  'givenName',
  'familyName',
  'email',
  'upn',
  'loginName',
  'employeeNumber',
  'department',
  'organisation',
  'serial',
  'cardUuid',
  'issuedOn',
  'expiresOn',
] as const
export type LayoutField = (typeof layoutFields)[number]

/** In what lists many versions, a picture is told by its SHA-256 in base64url: enough to see whether it is another one. */
const pictureDigest = z.string().length(43)

const elementWith = (picture: z.ZodString) =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('text'),
      ...box,
      /** Fields in braces; `{{` is a brace. */
      content: text(300),
      font: z.enum(['SANS', 'SERIF', 'MONO']),
      /** Points of 1/72 inch. */
      size: z.number().min(3).max(72),
      bold: z.boolean(),
      italic: z.boolean(),
      colour,
      align: z.enum(['START', 'CENTRE', 'END']),
      /** What happens to a text that is too long: smaller letters (down to 4 points), lines, or cut off. */
      fit: z.enum(['SHRINK', 'WRAP', 'CLIP']),
    }),
    z.object({ kind: z.literal('photo'), ...box, radius: z.number().min(0).max(30) }),
    z.object({ kind: z.literal('image'), ...box, picture }),
    z.object({
      kind: z.literal('rectangle'),
      ...box,
      fill: colour.nullable(),
      stroke: colour.nullable(),
      strokeWidth: z.number().min(0).max(10),
      radius: z.number().min(0).max(30),
    }),
    z.object({ kind: z.literal('line'), ...box, colour, strokeWidth: z.number().min(0.05).max(10) }),
    z.object({
      kind: z.literal('barcode'),
      ...box,
      symbology: z.enum(['CODE128', 'QR']),
      content: text(300),
      colour,
      showText: z.boolean(),
    }),
  ])
export type LayoutElement = z.infer<ReturnType<typeof elementWith>>

const sideWith = (picture: z.ZodString) =>
  z.object({
    background: colour,
    backgroundPicture: picture.nullable(),
    elements: z.array(elementWith(picture)).max(60),
  })
export type LayoutSide = z.infer<ReturnType<typeof sideWith>>

const contentWith = (picture: z.ZodString) =>
  z.object({
    name,
    description: text(500).default(''),
    front: sideWith(picture),
    back: sideWith(picture).nullable(),
    /** Keeps free what the card's reader needs: shown in the designer, warned about, never printed. */
    magneticStripe: z.enum(['NONE', 'BACK']).default('NONE'),
    chip: z.enum(['NONE', 'FRONT']).default('FRONT'),
  })
export const layoutContent = contentWith(pictureUrl)
export type LayoutContent = z.infer<typeof layoutContent>

export const layout = z.object({
  id,
  version,
  content: layoutContent,
  publishedAt: timestamp,
  publishedBy: z.string(),
  note: z.string(),
  retired: z.boolean(),
  groups: z.array(z.object({ id, name: z.string() })),
})
export type Layout = z.infer<typeof layout>

/** Without what is on the card, which with its pictures may be megabytes. */
const listedLayout = layout.omit({ content: true }).extend({
  content: layoutContent.pick({ name: true, description: true }),
  twoSided: z.boolean(),
})
export type ListedLayout = z.infer<typeof listedLayout>

/** What a person should know before the card is printed; `element` is the id of one. */
export const layoutProblem = z.object({
  side: z.enum(['FRONT', 'BACK']),
  element: z.string().nullable(),
  code: z.enum([
    'FIELD_UNKNOWN',
    'FIELD_EMPTY',
    'PHOTO_MISSING',
    'TEXT_TOO_LONG',
    'SIDE_TOO_FULL',
    'CHARACTER_MISSING',
    'BARCODE_IMPOSSIBLE',
    'OVER_CHIP',
    'OVER_MAGNETIC_STRIPE',
    'PICTURE_UNREADABLE',
  ]),
  text: z.string(),
  /** True = it cannot be printed so. */
  blocking: z.boolean(),
})
export type LayoutProblem = z.infer<typeof layoutProblem>

/** Both sides as they are printed: PNG of 1011 × 638 pixels (300 dpi), as base64 data URLs. */
export const cardPicture = z.object({
  front: z.string(),
  back: z.string().nullable(),
  problems: z.array(layoutProblem),
})
export type CardPicture = z.infer<typeof cardPicture>

const layoutOption = z.object({ id, version, name: z.string(), description: z.string(), twoSided: z.boolean() })

/** A layout with its pictures, in bytes of JSON. */
export const LAYOUT_LIMIT = 6 * 1024 * 1024

export const layoutRoutes = {
  listLayouts: route({
    id: 'listLayouts',
    method: 'GET',
    path: '/api/layouts',
    tag: 'layouts',
    summary: 'Card layouts, newest version of each',
    access: 'layout.read',
    answer: z.object({ rows: z.array(listedLayout) }),
  }),
  getLayout: route({
    id: 'getLayout',
    method: 'GET',
    path: '/api/layouts/:id',
    tag: 'layouts',
    summary: 'One layout',
    access: 'layout.read',
    about: 'layout',
    params: z.object({ id }),
    query: z.object({ version: z.coerce.number().int().min(1).optional() }),
    answer: layout,
  }),
  layoutVersions: route({
    id: 'layoutVersions',
    method: 'GET',
    path: '/api/layouts/:id/versions',
    tag: 'layouts',
    summary: 'All versions of a layout; of pictures only which ones they are',
    access: 'layout.read',
    about: 'layout',
    params: z.object({ id }),
    answer: z.object({ rows: z.array(layout.extend({ content: contentWith(pictureDigest) })) }),
  }),
  createLayout: route({
    id: 'createLayout',
    method: 'POST',
    path: '/api/layouts',
    tag: 'layouts',
    summary: 'Create a layout (duplicating = create with the content of another)',
    access: 'layout.write',
    needsAllGroups: true,
    idempotent: true,
    bodyLimit: LAYOUT_LIMIT,
    body: z.object({ content: layoutContent, note: text(500) }),
    /** Without what was sent: the answer is kept for the idempotency key. */
    answer: listedLayout,
  }),
  publishLayout: route({
    id: 'publishLayout',
    method: 'PUT',
    path: '/api/layouts/:id',
    tag: 'layouts',
    summary: 'Publish a new version',
    access: 'layout.write',
    about: 'layout',
    needsAllGroups: true,
    params: z.object({ id }),
    bodyLimit: LAYOUT_LIMIT,
    body: z.object({ version, content: layoutContent, note: text(500), retired: z.boolean().default(false) }),
    answer: layout,
  }),
  previewLayout: route({
    id: 'previewLayout',
    method: 'POST',
    path: '/api/layouts/preview',
    tag: 'layouts',
    summary:
      'A layout as it would be printed, for a user (needs user.read too) or with sample values; nothing is stored',
    access: 'layout.read',
    aboutBody: { userId: 'user' },
    bodyLimit: LAYOUT_LIMIT,
    body: z.object({ content: layoutContent, userId: id.optional() }),
    answer: cardPicture,
  }),
  userLayouts: route({
    id: 'userLayouts',
    method: 'GET',
    path: '/api/users/:id/layouts',
    tag: 'layouts',
    summary: "Layouts assigned to the user's groups for an issuance type, or for what a device was issued for (P-3)",
    access: 'print.card',
    about: 'user',
    aboutQuery: { deviceId: 'device' },
    params: z.object({ id }),
    query: z.object({ type: issuanceType.default('INITIAL'), deviceId: id.optional() }),
    answer: z.object({ rows: z.array(layoutOption) }),
  }),
}
