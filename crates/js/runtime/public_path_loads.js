// Replaces `loads` of chunk_loads.js in builds where a module names `__webpack_public_path__`.
// There the function of chunk_loads.js is called `loads_of_script`. It calls this `folder`.

export function loads(at, chunks, loading, give) {
  addresses(at[1], at[2], at[3]);
  return loads_of_script(at, chunks, loading, give);
}

function folder(said, name) {
  return public_path(name).value;
}
