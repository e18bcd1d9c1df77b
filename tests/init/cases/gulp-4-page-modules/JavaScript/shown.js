/**
 * Shown at the end.
 */
export const shown = () => 'shown';

log(shown());
