log(base('site', typeof window.base));
