const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** PostgreSQL ends the whole transaction over a text that is no uuid; here it is simply an id that nobody has. */
export const isUuid = (id: string): boolean => uuid.test(id)
