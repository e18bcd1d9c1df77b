import apiFetch from "@wordpress/api-fetch"; export const more = apiFetch("more");
