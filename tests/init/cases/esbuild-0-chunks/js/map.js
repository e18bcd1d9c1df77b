export const draw = () => 'map';
