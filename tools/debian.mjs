// The Debian packages that some suites need.
import { spawnSync } from 'node:child_process'

/** Real printers: cupsd with the filter of PDF, ippeveprinter, which begins only where Avahi runs, and who reads what came out. */
export const PRINTING = [
  'avahi-daemon',
  'cups-daemon',
  'cups-filters-core-drivers',
  'cups-ipp-utils',
  'dbus',
  'poppler-utils',
  'zbar-tools',
]

const QUIET = { encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }

/** Which of the packages are not installed. On a system without dpkg nobody can tell, so all of them. */
export function missingPackages(packages) {
  if (packages.length === 0) return []
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the format language of dpkg-query looks like a template
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...packages], QUIET)
  const installed = (stdout ?? '').split('\n').filter(line => line.endsWith(' installed'))
  return packages.filter(name => !installed.includes(`${name} installed`))
}

/** Installs them if this is root on Debian. Answers those that are still missing. */
export function installPackages(packages) {
  const missing = missingPackages(packages)
  if (missing.length === 0 || process.getuid?.() !== 0) return missing
  console.log(`Installing Debian packages: ${missing.join(' ')} …`)
  const install = () => spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...missing], QUIET)
  // A fresh machine has no package lists yet, or old ones.
  if (install().status !== 0) {
    spawnSync('apt-get', ['update'], QUIET)
    const { status, stderr } = install()
    if (status !== 0) console.error(`apt-get install failed: ${stderr ?? 'apt-get is not there'}`)
  }
  return missingPackages(missing)
}

/** The one command that a person without root in this shell has to run. */
export function aptCommand(packages) {
  return `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`
}
