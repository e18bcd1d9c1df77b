log('index')
