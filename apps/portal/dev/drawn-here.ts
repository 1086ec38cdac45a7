import type { Page } from 'playwright-core'

export const drawnHere = async (page: Page) => {
  const { createCardRenderer } = await import('../../../packages/adapters/src/card-image/index.ts')
  const v = await import('../../../packages/core/src/layout/layout-values.ts')
  const renderer = createCardRenderer()
  await page.route('**/api/layouts/preview', async route => {
    const { content, userId } = route.request().postDataJSON()
    try {
      const all = v as any
      const values = all.layoutValues({
        user: userId ? { ...all.sampleUser, displayName: 'Real Person' } : all.sampleUser,
        device: all.sampleDevice(Date.now()),
        organisation: 'Example',
      })
      const { pictures, problems } = await renderer.render(content, { values, photo: null } as never)
      const url = (b: Uint8Array | null) => b && `data:image/png;base64,${Buffer.from(b).toString('base64')}`
      await route.fulfill({ json: { front: url(pictures.front), back: url(pictures.back), problems } })
    } catch (e) {
      console.log(e)
      await route.abort()
    }
  })
}
