export const total = (count) => count * 3;
