import { createPublicKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createLocalGateway } from '@cardwright/adapters/card-gateway'
import { createPcscReaders } from '@cardwright/card-pcsc'
import { toPem } from '@cardwright/pki'
import { run } from '../../tests/interop/foreign-tools.ts'
import { attachCard } from '../../tests/interop/pcscd.ts'
import { testFiles } from '../../tests/interop/test-files.ts'
import { pivPolicy } from '../../tests/world/policies.ts'
import { blankCard, createWorld } from '../../tests/world/world.ts'
import { median, type Report, seconds } from '../harness.ts'
import { timedIssuance } from './issuance.ts'

const FACTORY = '010203040506070801020304050607080102030405060708'
const OURS = '112233445566778899AABBCCDDEEFF001122334455667788'
const PROFILES = {
  '9a': 'piv-authentication',
  '9c': 'digital-signature',
  '9d': 'key-management',
  '9e': 'card-authentication',
} as const

/** The discovery object is the one that this tool cannot write. */
const POLICY = { objects: { ...pivPolicy.objects, discovery: 'NO' } } as const
const OBJECTS = ['5FC102', '5FC109', '5FC106'] as const

/** The same card content by its commands, in as few calls as it allows, against one issuance of ours. */
export async function measureYubicoPivTool(report: Report, repeats: number): Promise<void> {
  const theirs: number[] = []
  const ours: number[] = []
  for (let i = 0; i < repeats; i++) {
    const issued = await byOurIssuance()
    ours.push(issued.seconds)
    theirs.push(await byTheirCommands(issued.objects))
  }
  const how = `YubiKey 5.2 model in vpcd, median of ${repeats}, interleaved`
  const content =
    'retry counters, PIN, PUK, 3DES key, four P-256 keys, four certificates of our CA, signed CHUID, CCC, printed information, security object'
  report({ name: 'issue.yubico_piv_tool_s', value: median(theirs), unit: 's', note: `15 calls: ${content}; ${how}` })
  const more = 'reading the card before, making the signed objects, reading the CHUID back'
  report({ name: 'issue.ours_5_2_s', value: median(ours), unit: 's', note: `the same content, and ${more}; ${how}` })
  const note = `commands of yubico-piv-tool 2.2 ÷ one issuance of ours, same content, which checks as well; ${how}`
  report({ name: 'issue.yubico_piv_tool_vs_ours', value: median(theirs) / median(ours), unit: '×', note })
}

type Objects = Readonly<Record<string, Uint8Array>>

async function byOurIssuance(): Promise<{ seconds: number; objects: Objects }> {
  const world = await createWorld({ policy: POLICY })
  const card = blankCard('yubikey-5.2')
  const attached = await attachCard(card)
  const readers = createPcscReaders()
  const gateway = createLocalGateway(readers)
  try {
    const { seconds } = await timedIssuance(world, world.portsWith({ gateway }), readers, attached.reader)
    return { seconds, objects: card.state().piv.objects }
  } finally {
    gateway.close()
    await readers.close()
    await attached.detach()
  }
}

async function byTheirCommands(objects: Objects): Promise<number> {
  const world = await createWorld()
  const files = await testFiles()
  const card = blankCard('yubikey-5.2')
  const attached = await attachCard(card)
  const tool = async (...args: string[]): Promise<void> => {
    const { code, stderr } = await run('yubico-piv-tool', ['-r', attached.reader, ...args])
    if (code !== 0) throw new Error(`yubico-piv-tool ${args.join(' ')}: ${stderr}`)
  }
  const certify = async (slot: keyof typeof PROFILES): Promise<void> => {
    const key = createPublicKey(await readFile(files.path(`${slot}.pub`), 'utf8'))
    const { user } = world
    const { certificate } = await world.authority.issue({
      idempotencyKey: slot,
      profile: PROFILES[slot],
      subject: {
        ...{ displayName: user.displayName, givenName: user.givenName, familyName: user.familyName },
        ...{ email: user.email, upn: user.upn, sid: null, employeeNumber: null, department: null, kerberos: null },
        ...{ organisation: 'Example Ltd', cardUuid: crypto.randomUUID(), cardholderUuid: user.cardholderUuid },
        fascN: Buffer.from('D4E739DA739CED39CE739D836858210842108421C84210C3EB', 'hex'),
      },
      publicKeySpki: new Uint8Array(key.export({ type: 'spki', format: 'der' })),
      csr: null,
      notBefore: world.now,
      notAfter: world.now + 365 * 86_400_000,
      onHold: false,
    })
    await files.write(`${slot}.crt`, toPem('CERTIFICATE', certificate))
  }
  const slots = Object.keys(PROFILES) as (keyof typeof PROFILES)[]
  for (const id of OBJECTS) await files.write(id, objects[id] ?? new Uint8Array())
  try {
    const taken = await seconds(async () => {
      const counters = ['-a', 'pin-retries', '--pin-retries=5', '--puk-retries=5']
      await tool(`-k${FACTORY}`, '-a', 'verify-pin', '-P', '123456', ...counters)
      await tool('-a', 'change-puk', '-P', '12345678', '-N', '83620174')
      await tool('-a', 'change-pin', '-P', '123456', '-N', '72914063')
      for (const slot of slots)
        await tool(`-k${FACTORY}`, '-a', 'generate', '-s', slot, '-A', 'ECCP256', '-o', files.path(`${slot}.pub`))
      for (const slot of slots) {
        await certify(slot)
        await tool(`-k${FACTORY}`, '-a', 'import-certificate', '-s', slot, '-i', files.path(`${slot}.crt`))
      }
      for (const id of OBJECTS) {
        const object = ['--id', `0x${id.toLowerCase()}`, '-f', 'binary', '-i', files.path(id)]
        await tool(`-k${FACTORY}`, '-a', 'write-object', ...object)
      }
      await tool(`-k${FACTORY}`, '-a', 'set-ccc', '-a', 'set-mgm-key', '-n', OURS)
    })
    const made = card.state().piv.objects
    for (const id of OBJECTS) {
      const [theirs, ours] = [made[id] ?? [], objects[id] ?? []]
      if (Buffer.compare(Buffer.from(theirs), Buffer.from(ours)) !== 0) throw new Error(`${id} is another one`)
    }
    return taken
  } finally {
    await attached.detach()
    await files.remove()
  }
}
