// What Vue, element-ui and the program of the test expect of a browser, and PhantomJS lacks.

import "core-js/stable";

if (!Element.prototype.matches) Element.prototype.matches = Element.prototype.webkitMatchesSelector;
