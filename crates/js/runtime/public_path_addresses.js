// Stands for `addresses` of addresses.js in builds of which a module names
// `__webpack_public_path__`; there addresses.js calls its own `addresses_of_script`, and `folder`
// `folder_of_script`. It is apart because other builds need none of it.

export function addresses(name, file, path) {
  var own = addresses_of_script(name, file, path);
  var known = public_path(name);
  // The first script that can say where files are does.
  known.find = known.find || function () {
    return own.address("");
  };
  return {
    address: function (wanted) {
      return known.value + wanted;
    }
  };
}
