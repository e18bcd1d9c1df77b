// Templates of components by the project's own Vue compiler, to which it gives modules and
// directives.

/** The options of the compiler, once they are loaded, and what identifies them. */
let vueLoaded = null;
let vueDigest = null;

/** Compiles a template. Answers with its `code`, or with `errors`. */
async function compileTemplate({ compiler, digest, mode, source, file, ...more }) {
  if (vueDigest !== digest)
    [vueLoaded, vueDigest] = [vueOf(compiler, digest, more.project, mode), digest];
  const { compile, options } = await vueLoaded;
  const { compilerOptions, bindings, ...rest } = more.options;
  try {
    const { code, errors } = compile({
      source,
      filename: file,
      prettify: false,
      ...rest,
      ...(bindings && { bindings: { ...bindings, __isScriptSetup: true } }),
      compilerOptions: { ...compilerOptions, ...options, outputSourceRange: true },
    });
    return errors.length > 0 ? { errors: errors.map(mistakeOf) } : { code, errors };
  } catch (error) {
    // One of the functions throws.
    return { errors: [{ message: messageOf(error) }] };
  }
}

function mistakeOf(error) {
  const { msg, start } = typeof error === "string" ? { msg: error } : error;
  return { message: msg.replace(/\s+/g, " "), start };
}

async function vueOf(compiler, digest, folder, mode) {
  // Vue's compiler checks expressions in development only.
  process.env.NODE_ENV = process.env.NODE_ENV || mode;
  const own = createRequire(join(folder, "package.json"));
  const options = await readConfig(compiler, createRequire(compiler), digest);
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject(options)) refuse(`it exports ${kind(options)}, and not an object`);
  const { modules = [], directives = {}, ...unknown } = options;
  const [surplus] = Object.keys(unknown);
  if (surplus !== undefined) refuse(`it exports ${surplus}; it may export modules and directives`);
  if (!Array.isArray(modules) || !modules.every(isObject))
    refuse(`its modules are ${kind(modules)}, and not a list of objects`);
  if (!isObject(directives)) refuse(`its directives are ${kind(directives)}, and not an object`);
  return { compile: compileOf(own), options: { modules, directives } };
}

/** Returns `compileTemplate` of the installed Vue. */
function compileOf(own) {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(load("vue/package.json", own).version);
  if (Number(major) === 2 && Number(minor) >= 7)
    return load("vue/compiler-sfc", own).compileTemplate;
  const compiler = load("vue-template-compiler", own);
  const { compileTemplate: compile } = load("@vue/component-compiler-utils", own);
  return (options) => compile({ ...options, compiler });
}
