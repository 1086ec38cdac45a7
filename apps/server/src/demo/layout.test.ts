import { createCardRenderer } from '@cardwright/adapters/card-image'
import { layoutContent } from '@cardwright/contract'
import { layoutValues, sampleDevice, sampleUser } from '@cardwright/core'
import { expect, test } from 'vitest'
import { demoLayout } from './layout.ts'
import { DEMO_ORGANISATION, demoPeople } from './people.ts'

const renderer = createCardRenderer()
const draw = ({ login, given, family, display = `${given} ${family}`, department }: (typeof demoPeople)[number]) => {
  const user = {
    ...sampleUser,
    loginName: login,
    givenName: given,
    familyName: family,
    displayName: display,
    department,
  }
  const values = layoutValues({ user, device: sampleDevice(Date.UTC(2026, 0, 5)), organisation: DEMO_ORGANISATION })
  return renderer.render(demoLayout, { values, photo: null, language: null })
}

test('P-8: the badge of the demo is one that an administrator could publish', () => {
  expect(layoutContent.parse(demoLayout)).toEqual(demoLayout)
})

// One of each script, and the longest name.
test.each(['li.wei', 'nikos.pap', 'wolfeschlegel', 'yael.cohen'])(
  'P-8: it is printed for %s as for anybody; only the photo is missing',
  async login => {
    const person = demoPeople.find(one => one.login === login)
    if (!person) throw new Error(`the demo has no ${login}`)
    const { pictures, problems } = await draw(person)
    expect(problems.map(({ side, element, code }) => [side, element, code])).toEqual([
      ['FRONT', 'photo', 'PHOTO_MISSING'],
    ])
    expect(pictures.back).not.toBeNull()
  },
)
