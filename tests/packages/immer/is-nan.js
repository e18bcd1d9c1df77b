// All that immer asks for beyond ES5; core-js would do, but mujs cannot parse it.
if (!Number.isNaN) Number.isNaN = (value) => value !== value;
