log('about')
