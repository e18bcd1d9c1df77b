exports.list = ['one', 'two'];
