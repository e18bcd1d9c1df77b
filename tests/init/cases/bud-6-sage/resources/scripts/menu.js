export const menu = ['home', 'shop'].join(' ');
