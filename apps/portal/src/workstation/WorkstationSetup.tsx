import type { ReactNode } from 'react'
import type { workstation as texts } from '../texts/en/workstation.ts'
import { type ClientDownload, downloadsFor, platformHint, platformOf, takesExtension } from './platform.ts'
import { isAtLeast } from './versions.ts'
import css from './WorkstationSetup.module.css'
import type { WorkstationView } from './workstation.ts'

export type SetupText = (key: keyof typeof texts, params?: Readonly<Record<string, string>>) => string
type Props = { readonly workstation: WorkstationView; readonly t: SetupText }

/**
 * What this computer still needs: first the extension, and only once that is there the client (U-2). It changes by itself
 * as things are installed. Plain HTML, because the User portal has no component library.
 */
export const WorkstationSetup = ({ workstation, t }: Props) => {
  const { state, detail } = workstation
  return (
    <div className={css.setup}>
      <p className={css.state} role="status">
        {t(`setup.state.${state}`)}
      </p>
      {state !== 'not-this-origin' && <Parts workstation={workstation} t={t} />}
      <Advice workstation={workstation} t={t} />
      {detail !== null && <p className={css.small}>{t('setup.detail', { detail })}</p>}
    </div>
  )
}

/** Whether it is good; `later` = not looked at yet. */
type Part = readonly [boolean | 'later', string]

const Parts = ({ workstation: { extensionVersion, clientVersion, needs, state }, t }: Props) => {
  const part = (version: string | null, least: string | undefined, otherwise: string): Part => {
    if (version === null || least === undefined) return [false, otherwise]
    if (isAtLeast(version, least)) return [true, t('setup.there', { version })]
    return [false, t('setup.old', { version, least })]
  }
  const none = state === 'connecting' || state === 'server-away' ? t('setup.unknown') : t('setup.missing')
  const extension = part(extensionVersion, needs?.extension.leastVersion, none)
  const client: Part = extension[0]
    ? part(clientVersion, needs?.client.leastVersion, none)
    : ['later', t('setup.later')]
  const row = (name: string, [good, words]: Part) => (
    <li data-good={good}>
      <strong>{name}</strong> {words}
    </li>
  )
  return (
    <ol className={css.parts} aria-label={t('setup.parts')}>
      {row(t('setup.extension'), extension)}
      {row(t('setup.client'), client)}
    </ol>
  )
}

const Advice = ({ workstation, t }: Props) => {
  const { state, needs } = workstation
  switch (state) {
    case 'no-extension':
    case 'extension-too-old':
      return <ExtensionAdvice workstation={workstation} t={t} />
    case 'no-client':
    case 'client-too-old':
      return <ClientAdvice workstation={workstation} t={t} />
    case 'not-this-origin':
      if (needs === null || needs.origin === location.origin) return <p>{t('setup.otherPortal')}</p>
      return (
        <p>
          {t('setup.address')} <a href={needs.origin}>{needs.origin}</a>
        </p>
      )
    case 'in-use-elsewhere':
      return <p>{t('setup.inUse')}</p>
    case 'server-away':
      return <p>{t('setup.away')}</p>
    default:
      return null
  }
}

const ExtensionAdvice = ({ workstation: { needs, state }, t }: Props): ReactNode => {
  if (!takesExtension(navigator.userAgent)) return <p>{t('setup.browser')}</p>
  if (needs === null || needs.extension.version === null) return <p>{t('setup.extensionNone')}</p>
  const old = state === 'extension-too-old'
  const address = /\bEdg\//.test(navigator.userAgent) ? 'edge://extensions' : 'chrome://extensions'
  return (
    <>
      <p>{t('setup.managed')}</p>
      <p>{t('setup.byHand')}</p>
      <ol className={css.steps}>
        <li>
          <a className={css.get} href={needs.extension.zip} download>
            {t('setup.extensionGet', { version: needs.extension.version })}
          </a>
        </li>
        <li>{t(old ? 'setup.extensionUnpackAgain' : 'setup.extensionUnpack')}</li>
        <li>{t('setup.extensionOpen', { address })}</li>
        <li>{t(old ? 'setup.extensionReload' : 'setup.extensionLoad')}</li>
      </ol>
      <p className={css.small}>
        {t('setup.again')} {t('setup.reload')}
      </p>
    </>
  )
}

const ClientAdvice = ({ workstation: { needs }, t }: Props) => {
  const platform = platformOf(platformHint(navigator))
  const { own, others } = downloadsFor(needs?.client.files ?? [], platform)
  const version = needs?.client.version ?? ''
  return (
    <>
      <p>{t('setup.clientWhy')}</p>
      {own.length === 0 && <p>{t('setup.clientNone', { platform: t(`setup.platform.${platform}`) })}</p>}
      {own.length > 0 && (
        <ol className={css.steps}>
          {own.map(file => (
            <Download
              key={file.url}
              file={file}
              name={t('setup.clientGet', { version, platform: nameOf(file, t) })}
              t={t}
            />
          ))}
          <li>{t('setup.clientUnpack')}</li>
          <li>{t('setup.clientRun', { script: platform === 'win32' ? 'install.ps1' : './install.sh' })}</li>
        </ol>
      )}
      {others.length > 0 && (
        <p className={css.small}>
          {t('setup.clientOther')}{' '}
          {others.map(file => (
            <a key={file.url} href={file.url} download>
              {nameOf(file, t)}{' '}
            </a>
          ))}
        </p>
      )}
      <p className={css.small}>{t('setup.again')}</p>
    </>
  )
}

const Download = ({
  file,
  name,
  t,
}: {
  readonly file: ClientDownload
  readonly name: string
  readonly t: SetupText
}) => (
  <li>
    <a className={css.get} href={file.url} download>
      {name}
    </a>
    <details className={css.small}>
      <summary>{Math.ceil(file.bytes / 1_000_000)} MB</summary>
      {t('setup.checksum', { sha256: file.sha256 })}
    </details>
  </li>
)

const nameOf = ({ platform, arch }: ClientDownload, t: SetupText): string =>
  `${t(`setup.platform.${platformOf(platform === 'darwin' ? 'mac' : platform)}`)} (${arch})`
