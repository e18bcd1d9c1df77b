// Stands for `loads` of chunk_loads.js in builds of which a module names `__webpack_public_path__`;
// there chunk_loads.js calls its own `loads_of_script`. It calls this `folder`.

export function loads(at, chunks, loading, give) {
  addresses(at[1], at[2], at[3]);
  return loads_of_script(at, chunks, loading, give);
}

function folder(said, name) {
  return public_path(name).value;
}
