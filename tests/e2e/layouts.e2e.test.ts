import type { Layout, ListedLayout, Photo } from '@cardwright/contract'
import type { Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { groupNamed, must, userNamed } from './command-line.ts'
import { pictureFailures } from './failure-picture.ts'
import { button, openUser, signUp } from './operator.ts'
import { startServer, type TestServer } from './server.ts'
import { t } from './texts.ts'

const anna = 'Anna Lindström'
const layoutName = 'Visitors, front and back'
let server: TestServer
let browser: TestBrowser
pictureFailures(() => browser)
beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser({ whole: true })
  await signUp(browser.page, server.setupLink, 'eleven geese over the frozen lake')
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

const layoutNamed = async (name: string): Promise<ListedLayout> => {
  const { rows } = await must<{ rows: ListedLayout[] }>(server, 'GET', '/api/layouts')
  const found = rows.find(row => row.content.name === name)
  if (!found) throw new Error(`there is no layout ${name}`)
  return found
}
const contentOf = async ({ id }: Pick<Layout, 'id'>) =>
  (await must<Layout>(server, 'GET', `/api/layouts/${id}`)).content
const stage = (page: Page, side: 'front' | 'back' = 'front'): Locator =>
  page.getByRole('region', { name: t('designer.stage', { side: t(`designer.${side}`) }), exact: true })
const frame = (page: Page, kind: 'text' | 'photo' | 'code128' | 'qr', side: 'front' | 'back' = 'front'): Locator =>
  stage(page, side).getByRole('button', { name: new RegExp(`^${t(`designer.kind.${kind}`)}`) })
const add = (page: Page, kind: 'text' | 'photo' | 'code128' | 'qr'): Promise<void> =>
  button(page.getByRole('region', { name: t('designer.palette'), exact: true }), t(`designer.kind.${kind}`)).click()
const measure = (page: Page, of: 'x' | 'y'): Locator => page.getByLabel(t(`designer.${of}`))
const hasFocus = (element: Locator) => element.evaluate(node => node === node.ownerDocument.activeElement)

test('P-8: a photo: a wrong file is refused in words, a picture is cropped by keys and stored as it was chosen', async () => {
  const { page } = browser
  await openUser(page, anna)
  await button(page, t('photo.verbOf', { verb: t('photo.add'), user: anna })).click()
  const dialog = page.getByRole('dialog', { name: t('photo.title', { user: anna }) })
  const file = dialog.locator('input[type=file]')
  const give = (name: string, mimeType: string, buffer: Buffer) => file.setInputFiles({ name, mimeType, buffer })
  await give('cv.pdf', 'application/pdf', Buffer.from('%PDF-1.7'))
  await dialog.getByRole('alert').getByText(t('photo.kind'), { exact: true }).waitFor()
  await give('me.png', 'image/png', Buffer.from('Dear Sir or Madam'))
  await dialog.getByRole('alert').getByText(t('photo.broken'), { exact: true }).waitFor()

  const halves = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#dc1e1e' } })
      .composite([
        { input: { create: { width: width / 2, height, channels: 3, background: '#1e1edc' } }, gravity: 'east' },
      ])
      .png()
      .toBuffer()
  await give('stamp.png', 'image/png', await halves(90, 90))
  await button(dialog, t('photo.use')).click()
  await dialog.getByText(/has 70 × 90 pixels/).waitFor()
  await button(dialog, t('photo.another')).click()

  await give('me.png', 'image/png', await halves(1600, 1000))
  const crop = button(dialog, t('photo.crop'))
  await crop.focus()
  await page.keyboard.press('+')
  for (let step = 0; step < 6; step++) await page.keyboard.press('Shift+ArrowLeft')
  await button(dialog, t('photo.use')).click()
  await page.getByRole('img', { name: t('photo.of', { user: anna }) }).waitFor()
  const { id } = await userNamed(server, anna)
  const { picture } = await must<Photo>(server, 'GET', `/api/users/${id}/photo`)
  const stored = sharp(Buffer.from(picture?.split(',')[1] ?? '', 'base64'))
  expect(await stored.metadata()).toMatchObject({ format: 'jpeg', width: 490, height: 630 })
  const [red, , blue] = (await stored.stats()).channels
  expect(
    [red?.mean, blue?.mean].map(mean => (mean ?? 0) > 150),
    'only the left half was kept',
  ).toEqual([true, false])
})

test('P-8: a photo is taken with the camera once the browser lets the page use it; the camera is off afterwards', async () => {
  const { page, context } = browser
  const user = 'Rosa Núñez'
  await openUser(page, user)
  await button(page, t('photo.verbOf', { verb: t('photo.add'), user })).click()
  const dialog = page.getByRole('dialog', { name: t('photo.title', { user }) })
  await button(dialog, t('photo.camera')).click()
  await dialog.getByRole('alert').getByText(t('photo.camera.denied'), { exact: true }).waitFor()
  await context.grantPermissions(['camera'])
  await button(dialog, t('common.retry')).click()
  await expect.poll(() => button(dialog, t('photo.take')).isEnabled()).toBe(true)
  await page.evaluate(`globalThis.stream = document.querySelector('video').srcObject`)
  await button(dialog, t('photo.take')).click()
  await button(dialog, t('photo.crop')).waitFor()
  expect(await page.evaluate('stream.getTracks().map(track => track.readyState)')).toEqual(['ended'])
  await button(dialog, t('photo.use')).click()
  await page.getByRole('img', { name: t('photo.of', { user }) }).waitFor()
  expect((await userNamed(server, user)).photoAt).not.toBeNull()
  await context.clearPermissions()
})

test('P-8: a card is designed with pointer and keys, and undone step by step', async () => {
  const { page } = browser
  await page.goto(`${server.url}/admin/layouts`)
  await page.getByRole('link', { name: t('layouts.create') }).click()
  await page.getByRole('heading', { level: 1, name: t('layout.new') }).waitFor()
  await page.getByRole('textbox', { name: t('designer.name') }).fill(layoutName)

  await add(page, 'text')
  expect(await hasFocus(frame(page, 'text')), 'what was added can be moved at once').toBe(true)
  const top = Number(await measure(page, 'y').inputValue())
  await page.keyboard.press('Shift+ArrowUp')
  await page.keyboard.press('ArrowUp')
  expect(Number(await measure(page, 'y').inputValue())).toBeCloseTo(top - 1.1)
  await button(page, t('layoutField.department')).click()
  const text = page.getByRole('textbox', { name: t('designer.content'), exact: true })
  expect(await text.inputValue()).toBe('{displayName}{department}')
  await text.fill('{displayName}, {departmnt}')

  await add(page, 'photo')
  const start = await measure(page, 'x').inputValue()
  const [card, photo] = [await stage(page).boundingBox(), await frame(page, 'photo').boundingBox()]
  if (!card || !photo) throw new Error('the designer shows no card')
  const millimetre = card.width / (85.6 + 8)
  const [x, y] = [photo.x + photo.width / 2, photo.y + photo.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  // Its right edge comes to 83.4 mm: near enough to that of the safe area at 83.1 mm.
  await page.mouse.move(x + (62.4 - Number(start)) * millimetre, y, { steps: 4 })
  await page.mouse.up()
  expect(await measure(page, 'x').inputValue()).toBe('62.1')
  await page.keyboard.press('Control+z')
  expect(await measure(page, 'x').inputValue(), 'one pull is one step').toBe(start)
  await button(page, t('designer.redo')).click()
  expect(await measure(page, 'x').inputValue()).toBe('62.1')

  await add(page, 'code128')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Control+d')
  expect(await frame(page, 'code128').count()).toBe(2)
  await page.keyboard.press('Delete')
  expect(await frame(page, 'code128').count()).toBe(1)

  await page.getByText(t('designer.back'), { exact: true }).click()
  await button(page, t('designer.addBack')).click()
  await add(page, 'qr')
  await frame(page, 'qr', 'back').waitFor()
})

test('P-8: the preview names what is wrong and leads there; it shows a real user; what is wrong is not published', async () => {
  const { page } = browser
  const problems = page.getByRole('list', { name: t('designer.problems') })
  await problems.getByText(/There is no field “\{departmnt\}”/).waitFor()
  const publish = async () => {
    await button(page, t('layout.publishNew')).click()
    const dialog = page.getByRole('dialog')
    expect(await button(dialog, t('layout.publishNew')).isDisabled(), 'publishing takes a note').toBe(true)
    await dialog.getByLabel(t('versions.note')).fill('For the open day')
    await button(dialog, t('layout.publishNew')).click()
    return dialog
  }
  const dialog = await publish()
  await dialog.getByText(/cannot be published so/).waitFor()
  await button(dialog, t('common.cancel')).click()
  await problems.getByRole('button', { name: t('designer.problems.blocking') }).click()
  await page.getByRole('textbox', { name: t('designer.content'), exact: true }).fill('{displayName}, {department}')
  await problems.getByText(/departmnt/).waitFor({ state: 'detached' })

  const picture = stage(page).getByAltText(t('designer.preview.alt', { side: t('designer.front') }))
  const sample = await picture.getAttribute('src')
  await problems.getByText(/There is no photo of this person/).waitFor()
  const person = page.getByLabel(t('designer.preview'), { exact: true }).and(page.locator('input'))
  await person.click()
  await person.fill('Lindström')
  await page.getByRole('option', { name: anna }).click()
  await page.getByText(t('designer.problems.none')).waitFor()
  const real = await picture.getAttribute('src')
  expect(real).not.toBe(sample)
  const png = sharp(Buffer.from(real?.split(',')[1] ?? '', 'base64'))
  expect(await png.metadata()).toMatchObject({ width: 1011, height: 638 })

  await publish()
  await page.getByRole('heading', { level: 1, name: layoutName }).waitFor()
  const made = await layoutNamed(layoutName)
  expect(made).toMatchObject({ version: 1, note: 'For the open day', twoSided: true })
  const { front, back } = await contentOf(made)
  expect(front.elements.map(e => e.kind)).toEqual(['text', 'photo', 'barcode'])
  expect(back?.elements).toMatchObject([{ kind: 'barcode', symbology: 'QR' }])
  const { id } = await userNamed(server, anna)
  const drawn = await must<{ front: string }>(server, 'POST', '/api/layouts/preview', {
    content: await contentOf(made),
    userId: id,
  })
  expect(drawn.front, 'what is seen is what the renderer of the printers draws').toBe(real)
})

test('axe: the designer, light, dark and narrow', async () => {
  const { page } = browser
  await frame(page, 'photo').focus()
  await expectAccessible(page)
})

test('P-8: an edit is kept as a draft, shows its differences and becomes version 2; the layout is retired and used again', async () => {
  const { page } = browser
  const made = await layoutNamed(layoutName)
  await page.goto(`${server.url}/admin/layouts/${made.id}`)
  await frame(page, 'text').focus()
  await page.getByRole('checkbox', { name: t('designer.bold') }).check()
  await page.getByRole('link', { name: t('layout.back') }).click()
  await page.getByText(t('layout.leave')).waitFor()
  await button(page, t('unsaved.leave')).click()
  await page.getByRole('link', { name: layoutName }).click()
  await page.getByText(/^Your draft of .* is back/).waitFor()
  const changes = page.getByRole('status').filter({ hasText: t('versions.differences', { version: 1 }) })
  await changes.getByText(new RegExp(`${t('designer.bold')}$`)).waitFor()
  await button(page, t('versions.publish')).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('versions.note')).fill('Names are read from afar')
  await button(dialog, t('versions.publish')).click()
  await page.getByText(t('versions.published', { version: 2 })).waitFor()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('Names are read from afar').waitFor()
  expect((await contentOf(made)).front.elements[0]).toMatchObject({ kind: 'text', bold: true })

  await button(page, t('versions.takeThis', { version: 1 })).click()
  await button(dialog, t('versions.take')).click()
  await page.getByText(t('versions.taken', { version: 1 })).waitFor()
  await page
    .getByRole('status')
    .filter({ hasText: t('versions.differences', { version: 2 }) })
    .getByText(new RegExp(`${t('designer.bold')}$`))
    .waitFor()
  await button(page, t('designer.undo')).click()
  await page.getByText(t('versions.noDifferences', { version: 2 })).waitFor()

  const retire = async (verb: string, state: string) => {
    await button(page, verb).click()
    await button(page.getByRole('dialog'), verb).click()
    await page.getByRole('main').getByText(state, { exact: true }).first().waitFor()
  }
  await retire(t('versions.retire'), t('versions.retired'))
  expect(await layoutNamed(layoutName)).toMatchObject({ version: 3, retired: true })
  await retire(t('versions.unretire'), t('versions.current'))
  expect(await layoutNamed(layoutName)).toMatchObject({ version: 4, retired: false })
})

test('P-3: a layout is assigned to a group for one kind of issuance', async () => {
  const { page } = browser
  const { id } = await layoutNamed(layoutName)
  const group = await groupNamed(server, 'Contractors')
  await page.goto(`${server.url}/admin/groups/${group.id}`)
  const layouts = page.getByRole('region', { name: t('group.layouts') })
  await layouts.getByLabel(t('type.TEMPORARY_REPLACEMENT')).and(layouts.locator('input')).first().click()
  await page.keyboard.type('Visitors')
  await page.getByRole('option', { name: layoutName }).click()
  await page.keyboard.press('Escape')
  await button(page, t('common.save')).click()
  await page.getByText(t('common.saved'), { exact: true }).waitFor()
  const { layouts: before } = group
  expect((await groupNamed(server, 'Contractors')).layouts).toEqual({
    ...before,
    TEMPORARY_REPLACEMENT: [...(before.TEMPORARY_REPLACEMENT ?? []), id],
  })
  expect(browser.faults).toEqual([])
})
