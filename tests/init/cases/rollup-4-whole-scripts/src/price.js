log('price');
export const price = 3;
