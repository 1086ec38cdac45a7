import { routes } from 'virtual:contract'
import type { User } from '@cardwright/contract'
import { useQuery } from '@tanstack/react-query'
import { read } from '../api/read.ts'
import { useMayCall } from '../api/session.ts'
import { initials } from '../format/name.ts'
import { t } from '../texts/t.ts'
import css from './Photo.module.css'

type Props = { readonly user: Pick<User, 'id' | 'displayName' | 'photoAt'> }

/** The face of a person, or the initials while there is none. */
export const UserPhoto = ({ user }: Props) => {
  const mayCall = useMayCall()
  const options = read(routes.getPhoto, { params: { id: user.id } })
  const photo = useQuery({
    ...options,
    // Another photo is another picture: the last one is never shown for it, and one never changes.
    queryKey: [...options.queryKey, user.photoAt],
    staleTime: Number.POSITIVE_INFINITY,
    enabled: mayCall(routes.getPhoto) && user.photoAt !== null,
  })
  if (photo.data?.picture) {
    return <img className={css.face} src={photo.data.picture} alt={t('photo.of', { user: user.displayName })} />
  }
  return (
    <div className={`${css.face} ${css.initials}`} aria-hidden>
      {initials(user.displayName)}
    </div>
  )
}
