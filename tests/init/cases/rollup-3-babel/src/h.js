export const h = (type, { id }) => `${type} ${id}`
