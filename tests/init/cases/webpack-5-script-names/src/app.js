log('app')
