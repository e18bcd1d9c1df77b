const set = (value) => {
  value ??= 1
  return value
}
log('main', set(null), String(set).includes('??='))
