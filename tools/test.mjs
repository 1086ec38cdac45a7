// npm test [-- SUITE …]: every suite, one after another. The last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runChecks } from './checks.mjs'
import { aptCommand, installPackages, PRINTING } from './debian.mjs'
import { buildExtension } from './extension-build.mjs'
import { buildPortal } from './portal-build.mjs'
import { ROOT, setUp, stop } from './setup.mjs'
import { runVitest } from './vitest-run.mjs'

const FOREIGN = [
  'pcscd',
  'libpcsclite1',
  'opensc',
  'opensc-pkcs11',
  'libengine-pkcs11-openssl',
  'yubico-piv-tool',
  'yubikey-manager',
  'vsmartcard-vpcd',
  'openssl',
  'openssh-client',
]

// The cards of the foreign programs are not for the servers of the other suites: to them there is no smart card service.
const NO_PCSC = { PCSCLITE_CSOCK_NAME: '/nonexistent/pcscd.comm' }

/**
 * In the order in which they begin, two at a time: first those with browsers, whose people wait for each other, then those
 * that compute on all cores.
 */
const SUITES = [
  {
    name: 'e2e',
    packages: ['chromium', 'chromium-headless-shell', 'unzip'],
    config: 'vitest.e2e.config.ts',
    portal: true,
  },
  {
    name: 'desk',
    packages: [...FOREIGN, 'chromium', 'chromium-headless-shell', 'unzip', 'slapd', 'ldap-utils', 'iproute2'],
    config: 'vitest.desk.config.ts',
    obstacle: noPcscd,
    cards: true,
    portal: true,
  },
  { name: 'check', packages: [], run: checkSources },
  { name: 'unit', packages: ['openssl', 'unzip'], config: 'vitest.config.ts' },
  { name: 'integration', packages: [], config: 'vitest.integration.config.ts' },
  { name: 'database', packages: [], config: 'vitest.database.config.ts' },
  { name: 'powercut', packages: [], config: 'vitest.powercut.config.ts' },
  {
    name: 'interop',
    packages: [...FOREIGN, 'iproute2'],
    config: 'vitest.interop.config.ts',
    obstacle: noPcscd,
    cards: true,
  },
  {
    name: 'print',
    packages: [...PRINTING, 'iproute2'],
    config: 'vitest.print.config.ts',
    obstacle: noAvahi,
    apart: true,
  },
  { name: 'directory', packages: ['slapd', 'ldap-utils', 'openssl'], config: 'vitest.directory.config.ts' },
]

/**
 * A view of the machine with a smart card service, an Avahi and a loopback of its own; only root can have one. vpcd sends each
 * command in two pieces, the second only when the first is acknowledged: without `quickack` that is 40 ms a command.
 */
const APART = [
  'unshare',
  ...['--mount', '--net', 'sh', '-c'],
  [
    'for of in pcscd avahi-daemon; do mkdir -p /run/$of && mount -t tmpfs none /run/$of || exit 1; done &&',
    'ip link set lo up &&',
    'for to in 127.0.0.1 127.0.0.0/8; do',
    'ip route replace table local local "$to" dev lo proto kernel scope host src 127.0.0.1 quickack 1; done;',
    'exec "$@"',
  ].join(' '),
  'sh',
]

/** Only root can start pcscd; where systemd keeps its socket open, anybody can use it. */
function noPcscd() {
  const usable = process.getuid?.() === 0 || existsSync('/run/pcscd/pcscd.comm')
  return usable ? undefined : 'pcscd does not run and only root can start it (sudo systemctl start pcscd.socket)'
}

/** ippeveprinter listens and asks for Avahi on whatever network there is: where it can, it has a network of its own. */
function noAvahi() {
  const usable = process.getuid?.() === 0 || existsSync('/run/avahi-daemon/pid')
  return usable ? undefined : 'avahi-daemon does not run and only root can start it (sudo systemctl start avahi-daemon)'
}

async function checkSources() {
  const results = await runChecks()
  const bad = results.filter(result => !result.passed)
  const output = bad.map(result => result.output).join('\n')
  return { passed: results.length - bad.length, failed: bad.map(result => result.name), skipped: 0, output }
}

/** Once for all suites that need them. */
let built
const buildPages = () => (built ??= buildPortal().then(failure => failure ?? buildExtension()))

async function runSuite(suite) {
  if (suite.run) return suite.run()
  const failure = suite.portal && (await buildPages())
  if (failure) return { passed: 0, failed: [`the portal could not be built:\n${failure}`], skipped: 0 }
  const within = (suite.cards || suite.apart) && apart ? APART : []
  return runVitest(suite.config, { show: runnable.length === 1, env: suite.cards ? {} : NO_PCSC, within })
}

setUp()
const names = process.argv.slice(2)
const unknown = names.filter(name => !SUITES.some(suite => suite.name === name))
if (unknown.length) stop(`No suite ${unknown.join(', ')}. There are: ${SUITES.map(suite => suite.name).join(' ')}`)
const wanted = SUITES.filter(suite => names.length === 0 || names.includes(suite.name))
const chosen = wanted.filter(suite => suite.run || existsSync(join(ROOT, suite.config)))
const missing = installPackages([...new Set(chosen.flatMap(suite => suite.packages))])

const apart = spawnSync(APART[0], [...APART.slice(1), 'true'], { stdio: 'ignore' }).status === 0

const total = { passed: 0, failed: 0, skipped: 0 }
const summary = []

function obstacleOf(suite) {
  const lacking = suite.packages.filter(name => missing.includes(name))
  return lacking.length ? `these Debian packages are missing: ${lacking.join(' ')}` : suite.obstacle?.()
}

async function timed(suite) {
  const begun = performance.now()
  const result = await runSuite(suite)
  return { ...result, seconds: ((performance.now() - begun) / 1000).toFixed(0) }
}

function record(suite, { passed, failed, skipped, seconds }) {
  summary.push(
    `${suite.name}: ${passed} passed, ${failed.length} failed, ${seconds} s`,
    ...failed.map(name => `  ✗ ${name}`),
  )
  total.passed += passed
  total.failed += failed.length
  total.skipped += skipped
}

const runnable = chosen.filter(suite => {
  const obstacle = obstacleOf(suite)
  if (!obstacle) return true
  summary.push(`${suite.name}: not run, because ${obstacle}`)
  total.skipped += 1
  return false
})

// Where there is one smart card service for all, those with cards take turns at it.
let turn = Promise.resolve()
const inTurn = suite => (turn = turn.then(() => timed(suite)))
const waiting = [...runnable]

async function lane() {
  for (let suite = waiting.shift(); suite; suite = waiting.shift()) {
    const result = await (suite.cards && !apart ? inTurn(suite) : timed(suite))
    console.log(`\n── ${suite.name} ──\n${result.output ?? ''}`)
    record(suite, result)
  }
}
await Promise.all([lane(), lane()])

console.log(`\n${summary.join('\n')}`)
if (missing.length) console.log(`To run everything: ${aptCommand(missing)}`)
if (total.passed + total.failed === 0) {
  console.log('No suite could run.')
  process.exitCode = 1
}
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`)
if (total.failed) process.exitCode = 1
