export const open = (hour, { from = 8, to = 20 } = {}) => hour >= from && hour < to;
