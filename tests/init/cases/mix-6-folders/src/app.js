log('app', __webpack_public_path__);
