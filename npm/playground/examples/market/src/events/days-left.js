/** Both events use this module, so the build shares it between them. */
export function daysLeft(until) {
  const days = Math.max(0, Math.ceil((until - Date.now()) / 86400000));
  return days === 1 ? "only today" : `${days} days left`;
}
