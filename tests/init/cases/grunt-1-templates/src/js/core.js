/*! core */
var Gallery = { parts: [] };
