export default ['one', 'two'];
