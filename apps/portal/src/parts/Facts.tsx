import { Fragment, type ReactNode } from 'react'
import css from './Facts.module.css'

export type Fact = { readonly name: string; readonly value: ReactNode }

/** Names and values of an object. */
export const Facts = ({ facts }: { readonly facts: readonly Fact[] }) => (
  <div className={css.box}>
    <dl className={css.facts}>
      {facts.map(fact => (
        <Fragment key={fact.name}>
          <dt>{fact.name}</dt>
          <dd>{fact.value}</dd>
        </Fragment>
      ))}
    </dl>
  </div>
)
