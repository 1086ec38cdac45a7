/**
 * The oldest extension and client that this server works with. Raise one here when the server begins to need something
 * that older ones do not do: from then on the portal asks for an update before each device operation (U-2).
 */
export const LEAST_EXTENSION = '0.1.0'
export const LEAST_CLIENT = '0.1.0'
