// Replaces `addresses` of addresses.js in builds where a module names `__webpack_public_path__`.
// There the function of addresses.js is called `addresses_of_script`, and its `folder` is called
// `folder_of_script`. This is a file of its own because other builds do not need it.

export function addresses(name, file, path) {
  var own = addresses_of_script(name, file, path);
  var known = public_path(name);
  // The first script that can find files sets how they are found.
  known.find = known.find || function () {
    return own.address("");
  };
  return {
    address: function (wanted) {
      return known.value + wanted;
    }
  };
}
