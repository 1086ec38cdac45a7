import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { createCardRenderer } from './renderer.ts'
import { barcode, fillingOf, layoutOf, photo, rectangle, text } from './sample-layout.fixture.ts'

const renderer = createCardRenderer()
const front = async (...given: Parameters<typeof renderer.render>) => (await renderer.render(...given)).pictures.front
const problemsOf = async (...given: Parameters<typeof renderer.render>) =>
  (await renderer.render(...given)).problems.map(
    ({ side, element, code, blocking }) => `${side} ${element} ${code}${blocking ? ' blocking' : ''}`,
  )
const pixels = async (png: Uint8Array) => {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return (x: number, y: number): string =>
    data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3).toString('hex')
}
/** The box of everything that is not white. */
const ink = async (png: Uint8Array) => {
  const at = await pixels(png)
  const [xs, ys]: [number[], number[]] = [[], []]
  for (let y = 0; y < 638; y++)
    for (let x = 0; x < 1011; x++)
      if (at(x, y) !== 'ffffff') {
        xs.push(x)
        ys.push(y)
      }
  if (xs.length === 0) return null
  const least = (all: number[]) => all.reduce((a, b) => Math.min(a, b))
  const most = (all: number[]) => all.reduce((a, b) => Math.max(a, b))
  return { left: least(xs), right: most(xs), top: least(ys), bottom: most(ys) }
}
const mm = (length: number) => length * (300 / 25.4)

const jpeg = async (colour: string, width = 490, height = 630) =>
  Uint8Array.from(
    await sharp({ create: { width, height, channels: 3, background: colour } })
      .jpeg()
      .toBuffer(),
  )
const dataUrl = (bytes: Uint8Array, type = 'png') =>
  `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`

describe('P-8: a card is drawn', () => {
  test('at 300 dpi, both sides; the same input gives the same bytes', async () => {
    const layout = layoutOf(
      [rectangle(), photo(), text(), barcode()],
      [barcode({ symbology: 'QR', width: 20, height: 20, y: 5 })],
    )
    const filling = fillingOf({}, { photo: await jpeg('#884422') })
    const [one, two] = [await renderer.render(layout, filling), await createCardRenderer().render(layout, filling)]
    expect(one.problems).toEqual([])
    for (const side of ['front', 'back'] as const) {
      expect(await sharp(one.pictures[side] ?? undefined).metadata()).toMatchObject({
        width: 1011,
        height: 638,
        format: 'png',
      })
      expect(Buffer.compare(one.pictures[side] ?? Buffer.of(), two.pictures[side] ?? Buffer.of(0))).toBe(0)
    }
    expect(await renderer.document(one.pictures)).toEqual(await renderer.document(two.pictures))
    expect((await renderer.render(layoutOf([]), filling)).pictures.back).toBeNull()
  })

  test('each thing in its place: what is turned runs along its box', async () => {
    const at = await pixels(
      await front(
        layoutOf([
          rectangle({ x: 10, y: 20, width: 10, height: 5, fill: '#112233' }),
          {
            kind: 'line',
            id: 'l',
            x: 40,
            y: 10,
            width: 4,
            height: 30,
            rotation: 90,
            colour: '#445566',
            strokeWidth: 1,
          },
        ]),
        fillingOf(),
      ),
    )
    expect([at(118, 236), at(235, 294), at(117, 236), at(236, 240)]).toEqual(['112233', '112233', 'ffffff', 'ffffff'])
    expect([at(496, 130), at(496, 460), at(480, 300), at(510, 300)]).toEqual(['445566', '445566', 'ffffff', 'ffffff'])
    const lying = await ink(await front(layoutOf([text({ x: 10, y: 10, width: 60, height: 6 })]), fillingOf()))
    const standing = await ink(
      await front(layoutOf([text({ x: 10, y: 2, width: 6, height: 50, rotation: 90 })]), fillingOf()),
    )
    expect((lying?.right ?? 0) - (lying?.left ?? 0)).toBeGreaterThan(300)
    expect((standing?.bottom ?? 0) - (standing?.top ?? 0)).toBeGreaterThan(300)
    expect((standing?.right ?? 999) - (standing?.left ?? 0)).toBeLessThan(mm(6))
  })

  test('a photo fills its box and keeps its shape; round corners are free; who has none is told', async () => {
    const layout = layoutOf([photo({ x: 10, y: 10, width: 20, height: 20, radius: 5 })])
    const at = await pixels(await front(layout, fillingOf({}, { photo: await jpeg('#0000ff') })))
    expect(at(236, 236)).toMatch(/^0000f[ef]$/)
    expect([at(119, 119), at(353, 353)]).toEqual(['ffffff', 'ffffff'])
    expect(await problemsOf(layout, fillingOf())).toEqual(['FRONT photo PHOTO_MISSING'])
  })
})

describe('P-8: text', () => {
  const long = 'Wolfeschlegelsteinhausenbergerdorff Hubert Blaine of Altdorf'

  test('is made smaller until it fits its box, never below 4 points', async () => {
    const layout = layoutOf([text({ x: 20, y: 20, width: 55, height: 8, size: 20 })])
    const box = await ink(await front(layout, fillingOf({ displayName: long })))
    expect(box?.left).toBeGreaterThanOrEqual(Math.floor(mm(20)))
    expect(box?.right).toBeLessThanOrEqual(Math.ceil(mm(75)) + 1)
    expect(await problemsOf(layout, fillingOf({ displayName: long }))).toEqual([])
    const narrow = layoutOf([text({ x: 20, y: 20, width: 10, height: 8 })])
    expect(await problemsOf(narrow, fillingOf({ displayName: long }))).toEqual(['FRONT text TEXT_TOO_LONG blocking'])
  })

  test('is broken into lines, or cut off where the layout says so', async () => {
    const wrap = layoutOf([text({ x: 20, y: 10, width: 35, height: 25, size: 10, fit: 'WRAP' })])
    const filling = fillingOf({ displayName: 'Hubert Blaine Wolfe of Altdorf and Oberammergau' })
    const box = await ink(await front(wrap, filling))
    expect((box?.bottom ?? 0) - (box?.top ?? 0)).toBeGreaterThan(50)
    expect(box?.right).toBeLessThanOrEqual(Math.ceil(mm(55)) + 1)
    const flat = layoutOf([text({ x: 20, y: 10, width: 35, height: 5, size: 10, fit: 'WRAP' })])
    expect(await problemsOf(flat, filling)).toEqual(['FRONT text TEXT_TOO_LONG blocking'])
    const clip = layoutOf([text({ x: 20, y: 10, width: 15, height: 6, fit: 'CLIP' })])
    const cut = await ink(await front(clip, filling))
    expect(cut?.right).toBeLessThanOrEqual(Math.ceil(mm(35)))
    expect(await problemsOf(clip, filling)).toEqual([])
  })

  test('a character that no font has is told in lines that are cut off, too', async () => {
    const content = `${'many words '.repeat(20)}\u{1F98A}`
    expect(await problemsOf(layoutOf([text({ content, fit: 'WRAP', height: 6 })]), fillingOf())).toEqual([
      'FRONT text CHARACTER_MISSING blocking',
      'FRONT text TEXT_TOO_LONG blocking',
    ])
  })

  test('stands at the side where it begins to be read', async () => {
    const side = async (displayName: string, align: 'START' | 'CENTRE' | 'END') => {
      const box = await ink(
        await front(layoutOf([text({ x: 10, width: 60, align, fit: 'SHRINK' })]), fillingOf({ displayName })),
      )
      const middle = ((box?.left ?? 0) + (box?.right ?? 0)) / 2
      return middle < mm(30) ? 'left' : middle > mm(50) ? 'right' : 'middle'
    }
    expect([await side('Anna', 'START'), await side('Anna', 'CENTRE'), await side('Anna', 'END')]).toEqual([
      'left',
      'middle',
      'right',
    ])
    expect([await side('יעל', 'START'), await side('محمد', 'START'), await side('יעל', 'END')]).toEqual([
      'right',
      'right',
      'left',
    ])
  })

  test.each([
    ['Czech', 'Příliš žluťoučký kůň'],
    ['Greek', 'Νίκος Παπαδόπουλος'],
    ['Cyrillic', 'Ольга Иванова'],
    ['Hebrew', 'יעל כהן (Yael)'],
    ['Arabic', 'مُحَمَّد الهاشمي'],
    ['Japanese', 'さくら 髙橋'],
    ['Chinese', '李伟 (Li Wei)'],
    ['Korean', '김철수'],
    ['Thai', 'สมชาย น้ำใจ'],
    ['marks that have no letter of their own', 'M\u0302 q\u0303'],
  ])('of %s is drawn with letters, none missing', async (_script, displayName) => {
    const { pictures, problems } = await renderer.render(layoutOf([text()]), fillingOf({ displayName }))
    expect(problems).toEqual([])
    expect(await ink(pictures.front)).not.toBeNull()
  })

  test.each(['علاء (Alaa)', 'Steffi محمد', 'Steffi יעל'])(
    'of two scripts with a ligature is drawn, in one font: %s',
    async displayName => {
      for (const fit of ['SHRINK', 'WRAP', 'CLIP'] as const) {
        const { pictures, problems } = await renderer.render(layoutOf([text({ fit })]), fillingOf({ displayName }))
        expect(problems).toEqual([])
        expect(await ink(pictures.front)).not.toBeNull()
      }
    },
  )

  test('that cannot be set at all is told and blocks the print: it does not vanish', async () => {
    const filling = fillingOf({ displayName: 'علاء 李' })
    expect(new Set(await problemsOf(layoutOf([text()]), filling))).toEqual(
      new Set(['FRONT text CHARACTER_MISSING blocking']),
    )
    // Where it may be broken, each script stands on a line of its own.
    expect(await problemsOf(layoutOf([text({ fit: 'WRAP', height: 20 })]), filling)).toEqual([])
  })

  test('with a character that no font has is not drawn with a box: it is named and blocks the print', async () => {
    const { problems, pictures } = await renderer.render(
      layoutOf([text()]),
      fillingOf({ displayName: 'Ada \u{1F98A}' }),
    )
    expect(problems).toMatchObject([{ element: 'text', code: 'CHARACTER_MISSING', blocking: true }])
    expect(problems[0]?.text).toContain('U+1F98A')
    expect(pictures.front).toEqual(await front(layoutOf([text()]), fillingOf({ displayName: 'Ada' })))
    // resvg 2.6.2 cannot set it, though there is a font.
    expect(await problemsOf(layoutOf([text()]), fillingOf({ displayName: 'प' }))).toEqual([
      'FRONT text CHARACTER_MISSING blocking',
    ])
  })

  test('is drawn with the language of the person: the same code is another sign in Japanese and Chinese', async () => {
    const layout = layoutOf([text()])
    const values = { displayName: '直' }
    expect(await front(layout, fillingOf(values, { language: 'ja' }))).not.toEqual(
      await front(layout, fillingOf(values)),
    )
  })
})

describe('bad input', () => {
  test.each([
    ['<script>alert(1)</script>'],
    ['</text></svg><rect width="1011" height="638" fill="#ff0000"/>'],
    ['"><image href="file:///etc/passwd"/>'],
    [']]>&xxe;<!DOCTYPE svg [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>'],
    ["O'Connor & Söhne <GmbH>"],
    ['{displayName} {{'],
  ])('P-8: a value is a text and nothing else: %s', async displayName => {
    const layout = layoutOf([text({ y: 20, fit: 'SHRINK' })])
    const box = await ink(await front(layout, fillingOf({ displayName })))
    // All of it is in the box of the text; markup would have been drawn elsewhere or broken the picture.
    expect(box?.left).toBeGreaterThanOrEqual(Math.floor(mm(30)) - 2)
    expect(box?.top).toBeGreaterThanOrEqual(Math.floor(mm(20)) - 2)
    expect(box?.bottom).toBeLessThanOrEqual(Math.ceil(mm(28)) + 2)
  })

  test('P-8: control characters are named, lone surrogates too; nothing breaks', async () => {
    expect(await problemsOf(layoutOf([text()]), fillingOf({ displayName: 'A\u0001B' }))).toEqual([
      'FRONT text CHARACTER_MISSING blocking',
    ])
    expect(await problemsOf(layoutOf([text()]), fillingOf({ displayName: 'A\ud800B' }))).toEqual([
      'FRONT text CHARACTER_MISSING blocking',
    ])
  })

  test('P-8: a picture that is none, is a link or a bomb is told by its element; the rest is drawn', async () => {
    const image = (picture: string) =>
      layoutOf([{ kind: 'image', id: 'i', x: 5, y: 5, width: 20, height: 20, rotation: 0, picture }])
    const told = ['FRONT i PICTURE_UNREADABLE blocking']
    expect(await problemsOf(image('data:image/png;base64,AAAA'), fillingOf())).toEqual(told)
    expect(await problemsOf(image('file:///etc/passwd'), fillingOf())).toEqual(told)
    expect(await problemsOf(image('http://127.0.0.1:1/x.png'), fillingOf())).toEqual(told)
    const svg = dataUrl(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))
    expect(await problemsOf(image(svg), fillingOf())).toEqual(told)
    const bomb = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer()
    expect(await problemsOf(image(dataUrl(bomb)), fillingOf())).toEqual(told)
    const ground = { background: '#ffffff', backgroundPicture: 'data:image/png;base64,AAAA', elements: [] }
    expect(await problemsOf(layoutOf([], null, { front: ground }), fillingOf())).toEqual([
      'FRONT null PICTURE_UNREADABLE blocking',
    ])
  })

  test('P-8: texts beyond what a side has room for are not drawn, and told', async () => {
    const full = Array.from({ length: 10 }, (_, i) =>
      text({ id: `t${i}`, content: 'ab '.repeat(100), size: 5, x: 0, y: 0, width: 85, height: 53, fit: 'WRAP' }),
    )
    const beyond = text({ id: 'beyond', content: 'b', x: 60, y: 40 })
    expect(await problemsOf(layoutOf([...full, beyond]), fillingOf())).toEqual(['FRONT beyond SIDE_TOO_FULL blocking'])
    expect(await front(layoutOf([...full, beyond]), fillingOf())).toEqual(await front(layoutOf(full), fillingOf()))
  })

  test('P-8: a barcode that no scanner could read is not drawn', async () => {
    const why = async (change: Parameters<typeof barcode>[0], values = {}) =>
      problemsOf(layoutOf([barcode(change)]), fillingOf(values))
    const told = ['FRONT barcode BARCODE_IMPOSSIBLE blocking']
    expect(await why({ width: 8 })).toEqual(told)
    expect(await why({ height: 2 })).toEqual(told)
    expect(await why({ colour: '#ffcc00' })).toEqual(told)
    expect(await why({ symbology: 'QR', content: 'x'.repeat(300), width: 10, height: 10 })).toEqual(told)
    expect(await why({ content: '{displayName}' })).toEqual(told)
    expect(await why({}, { employeeNumber: null })).toEqual([...told, 'FRONT barcode FIELD_EMPTY'])
  })
})
