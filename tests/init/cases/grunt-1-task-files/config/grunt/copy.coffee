module.exports =
  all: { src: 'src/mark.svg', dest: 'public/mark.svg' }
