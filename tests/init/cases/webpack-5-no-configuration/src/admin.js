log('admin')
