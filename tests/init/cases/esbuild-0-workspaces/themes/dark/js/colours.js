export const dark = '#111213';
