/** 12900 → "12,900". */
export const format = (amount) => String(amount).replace(/\B(?=(\d{3})+$)/g, ",");
