import { expect, test } from 'vitest'
import { downloadsFor, platformHint, platformOf, takesExtension } from './platform.ts'

test.each([
  ['Windows', 'win32'],
  ['Win32', 'win32'],
  ['macOS', 'darwin'],
  ['MacIntel', 'darwin'],
  ['Linux', 'linux'],
  ['Linux x86_64', 'linux'],
  ['Chrome OS', 'unknown'],
  ['', 'unknown'],
])('a browser that says %j runs on %s', (hint, platform) => {
  expect(platformOf(hint)).toBe(platform)
})

test('what the browser says of its system comes before what it pretends', () => {
  expect(platformHint({ userAgentData: { platform: 'Windows' }, platform: 'Linux x86_64' })).toBe('Windows')
  expect(platformHint({ platform: 'MacIntel' })).toBe('MacIntel')
})

test('only the files of this system are offered first', () => {
  const file = (platform: string, arch: string) => ({
    platform,
    arch,
    url: `/${platform}-${arch}`,
    bytes: 1,
    sha256: '',
  })
  const files = [file('linux', 'x64'), file('linux', 'arm64'), file('win32', 'x64')]
  const { own, others } = downloadsFor(files, 'linux')
  expect([own.map(f => f.arch), others.map(f => f.platform)]).toEqual([['x64', 'arm64'], ['win32']])
  expect(downloadsFor(files, 'unknown').own).toEqual([])
})

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36', true],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/156.0.0.0 Safari/537.36', true],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0', true],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0', false],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15', false],
  ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/156.0.0.0 Mobile Safari/537.36', false],
])('%s takes the extension: %s', (userAgent, expected) => {
  expect(takesExtension(userAgent)).toBe(expected)
})
