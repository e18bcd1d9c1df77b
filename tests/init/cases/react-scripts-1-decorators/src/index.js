const named = (name) => (target, key, descriptor) => {
  log(name, key, typeof descriptor.value)
  return descriptor
}

class Page { @named('shown') show() {} }

log(new Page().show())
