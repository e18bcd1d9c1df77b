log('back', jQuery('y').menu())
