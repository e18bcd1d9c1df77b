export const words = ['one']
