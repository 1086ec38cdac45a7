import type { FastifyReply, FastifyRequest } from 'fastify'

/** Its own cookie: a visit to the User portal and an operator's session never stand for each other. */
const cookieName = (secure: boolean): string => (secure ? '__Host-cardwright-user' : 'cardwright-user')

export const readVisitCookie = (request: FastifyRequest, secure: boolean): string | undefined =>
  request.cookies[cookieName(secure)]

/** Without age: it ends with the browser, and on the server with idle time and absolute lifetime. */
export const setVisitCookie = (reply: FastifyReply, secure: boolean, token: string): void => {
  reply.setCookie(cookieName(secure), token, { path: '/', httpOnly: true, sameSite: 'strict', secure })
}

export const clearVisitCookie = (reply: FastifyReply, secure: boolean): void => {
  reply.clearCookie(cookieName(secure), { path: '/', httpOnly: true, sameSite: 'strict', secure })
}
