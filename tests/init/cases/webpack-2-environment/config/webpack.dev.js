throw new Error('development is not asked for')
