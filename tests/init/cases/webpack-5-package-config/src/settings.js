log('settings of', appName)
