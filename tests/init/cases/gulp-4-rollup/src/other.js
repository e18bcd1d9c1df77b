var other = 'other';
log(other, window.other);
