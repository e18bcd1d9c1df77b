//! Diagnostics about a component's scripts.

use bundle_base::{Diagnostic, Label};

/// `<script lang="ts">` beside `<script setup>`.
pub(crate) fn languages_differ(setup: Label, script: Label, lang: Option<&str>) -> Diagnostic {
    let fix = match lang {
        Some(lang) => format!("write lang=\"{lang}\" on both"),
        None => "leave `lang` out on both, or write the same on both".to_owned(),
    };
    Diagnostic::error(
        "script-languages-differ",
        "`<script>` and `<script setup>` are written in different languages",
    )
    .at(setup)
    .note_at("the other one", script)
    .note("they become one module")
    .fix(fix, None)
}

/// `import { defineProps } from "vue"`.
pub(crate) fn needless_macro_import(at: Label, name: &str) -> Diagnostic {
    Diagnostic::warning(
        "needless-macro-import",
        format!("`{name}` needs no import: it is built into `<script setup>`"),
    )
    .at(at.text("this import is removed"))
}

/// A name is imported twice, as two different things.
pub(crate) fn name_imported_twice(at: Label, name: &str, first: Label) -> Diagnostic {
    Diagnostic::error(
        "name-imported-twice",
        format!("`{name}` is already imported as something else"),
    )
    .at(at)
    .note_at("first imported here", first)
    .note("`<script>` and `<script setup>` become one module")
    .fix("give one of them another name with `as`", None)
}

/// A macro is called a second time.
pub(crate) fn macro_called_twice(at: Label, name: &str, first: Label) -> Diagnostic {
    Diagnostic::error("macro-called-twice", format!("`{name}` is called twice"))
        .at(at.text("the second call"))
        .note_at("the first call", first)
}

/// `defineProps<{}>({})`.
pub(crate) fn macro_with_type_and_value(at: Label, name: &str, value: Label) -> Diagnostic {
    Diagnostic::error(
        "macro-with-type-and-value",
        format!("`{name}` is given both a type and a value"),
    )
    .at(at)
    .note_at("the value", value)
    .fix("remove one of them", None)
}

/// `defineProps<A | B>()`.
pub(crate) fn type_of_props(at: Label) -> Diagnostic {
    Diagnostic::error("macro-type-not-supported", "props cannot be read from this type")
        .at(at)
        .note(
            "the type of `defineProps` must be `{ … }`, or the name of an interface or of such a \
             type in this file",
        )
        .note("Vue 2 does not read types from other files, unions, intersections or mapped types")
}

/// `defineEmits<A | B>()`.
pub(crate) fn type_of_emits(at: Label) -> Diagnostic {
    Diagnostic::error("macro-type-not-supported", "events cannot be read from this type")
        .at(at)
        .note(
            "the type of `defineEmits` must be a function, `{ … }` with call signatures, or the \
             name of such a type in this file",
        )
        .note(
            "Vue 2 does not read types from other files, unions or intersections: write several \
             events as `(e: \"a\" | \"b\") => void`",
        )
}

/// `withDefaults(props)`.
pub(crate) fn defaults_without_props(at: Label) -> Diagnostic {
    Diagnostic::error(
        "with-defaults-arguments",
        "the first argument of `withDefaults` must be a call of `defineProps`",
    )
    .at(at)
    .fix("write `withDefaults(defineProps<{ … }>(), { … })`", None)
}

/// `withDefaults(defineProps({}), {})`.
pub(crate) fn defaults_of_runtime_props(at: Label) -> Diagnostic {
    Diagnostic::error(
        "with-defaults-arguments",
        "`withDefaults` is for props that are declared by a type",
    )
    .at(at)
    .fix("write `default` into the props themselves: `size: { type: Number, default: 1 }`", None)
}

/// `withDefaults(defineProps<T>(), defaults)`.
pub(crate) fn defaults_not_written_out(at: Label) -> Diagnostic {
    Diagnostic::error(
        "with-defaults-arguments",
        "the second argument of `withDefaults` must be an object literal",
    )
    .at(at)
    .note("to add defaults from elsewhere, spread them: `{ ...defaults }`")
}

/// `defineProps({ a: { default: local } })`.
pub(crate) fn macro_sees_local(at: Label, macro_name: &str, name: &str) -> Diagnostic {
    Diagnostic::error(
        "macro-sees-local",
        format!("`{macro_name}` cannot use `{name}`, which is declared in `<script setup>`"),
    )
    .at(at)
    .note("its argument is evaluated once for the component, before any setup runs")
    .fix(format!("declare `{name}` in a `<script>` beside `<script setup>`, or import it"), None)
}

/// `export const a = 1` in `<script setup>`.
pub(crate) fn export_in_setup(at: Label) -> Diagnostic {
    Diagnostic::error("export-in-setup", "`<script setup>` cannot export anything")
        .at(at)
        .note(
            "its code runs once for each instance; the module's only export is the component \
             itself",
        )
        .fix(
            "export it from a `<script>` beside it; to expose something to a parent, call \
             `defineExpose({ … })`",
            None,
        )
}

/// `await` outside of functions in `<script setup>`.
pub(crate) fn await_in_setup(at: Label) -> Diagnostic {
    Diagnostic::error(
        "await-in-setup",
        "`await` must be in a function here: setup cannot be asynchronous in Vue 2",
    )
    .at(at)
    .fix("await it in a function, such as one passed to `onMounted`", None)
}

/// `ref: count = 0`.
pub(crate) fn ref_sugar(at: Label) -> Diagnostic {
    Diagnostic::error("ref-sugar", "`ref:` declares nothing: that proposal was withdrawn")
        .at(at)
        .fix("write `const name = ref(…)`, and `name.value` where it is used", None)
}

/// `v-bind(a b)` in a style.
pub(crate) fn css_variable(at: Label) -> Diagnostic {
    Diagnostic::error(
        "css-variable",
        "this is not an expression, so it cannot become a custom property",
    )
    .at(at.text("in `v-bind(…)`"))
    .note("put an expression with operators or parentheses into quotes: `v-bind(\"size + 'px'\")`")
}

/// The same mistake where the script has no setup. This is only a warning, because Vue's compiler
/// then leaves the script as it is and reports nothing.
pub(crate) fn css_variables_left_out(at: Label) -> Diagnostic {
    Diagnostic::warning(
        "css-variable",
        "this is not an expression, so no `v-bind(…)` of this component has a value",
    )
    .at(at.text("in `v-bind(…)`"))
    .note("put an expression with operators or parentheses into quotes: `v-bind(\"size + 'px'\")`")
}
