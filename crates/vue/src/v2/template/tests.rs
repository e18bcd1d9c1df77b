//! Templates compiled to whole programs, with the origins of their pieces.

use super::*;
use crate::v2::bindings::Binding;

/// Returns the program, or the codes of the diagnostics.
fn compiled(
    template: &str,
    change: impl FnOnce(&mut TemplateOptions<'_>),
) -> Result<String, Vec<&'static str>> {
    let source = Source::new("/a.vue", "a.vue", template);
    let config = VueConfig::default();
    let mut options = TemplateOptions {
        source: &source,
        config: &config,
        is_production: true,
        is_functional: false,
        bindings: None,
        script: Script::Unknown,
        is_typescript: false,
    };
    change(&mut options);
    let mut log = Diagnostics::new();
    let code = compile(&MappedCode::copied(template, 0), &options, &mut log);
    if let Some(code) = &code {
        check_places(template, code);
    }
    code.map(|code| code.text().to_owned())
        .ok_or_else(|| log.iter().map(|found| found.code).collect())
}

/// Checks that every copied piece is in the template, and that pieces are in order.
fn check_places(template: &str, code: &MappedCode) {
    let (text, pieces) = code.clone().into_parts();
    let mut end = 0;
    for piece in pieces {
        let (at, from, length) = (piece.at as usize, piece.from as usize, piece.length as usize);
        assert!(at >= end && from + length <= template.len(), "{template}: {piece:?}");
        assert_eq!(
            text.get(at..at + length),
            template.get(from..from + length),
            "{template}: {piece:?}"
        );
        end = at + length;
    }
}

#[test]
fn programs() {
    let template = "<div><p><b/></p>{{ a }}</div>";
    let plain = "var render = function render(){var _vm=this,_c=_vm._self._c;\
        return _c('div',[_vm._m(0),_vm._v(_vm._s(_vm.a))])\n}\n\
        var staticRenderFns = [function (){var _vm=this,_c=_vm._self._c;return \
        _c('p',[_c('b')])\n}]\n";
    assert_eq!(compiled(template, |_| ()).as_deref(), Ok(plain));
    let development = compiled(template, |options| options.is_production = false);
    assert_eq!(development, Ok(format!("{plain}render._withStripped = true\n")));
    let functional = "var render = function render(_c,_vm){return \
                      _c('div',[_vm._m(0),_vm._v(_vm._s(_vm.a))])\n}\n\
        var staticRenderFns = [function (_c,_vm){_c=_c||_vm._c;return _c('p',[_c('b')])\n}]\n";
    assert_eq!(
        compiled(template, |options| options.is_functional = true).as_deref(),
        Ok(functional)
    );
}

#[test]
fn programs_of_the_setup() {
    let names = [("Comp", Binding::SetupMaybeRef), ("a", Binding::SetupRef)];
    let names = names.into_iter().map(|(name, kind)| (name.to_owned(), kind)).collect();
    let bindings = Bindings { names, is_setup: true };
    let source = Source::new("/a.vue", "a.vue", "<comp :b='a' :c='d'/>");
    let config = VueConfig::default();
    let options = TemplateOptions {
        source: &source,
        config: &config,
        is_production: true,
        is_functional: false,
        bindings: Some(&bindings),
        script: Script::Unknown,
        is_typescript: false,
    };
    let code = compile(&MappedCode::copied(&source.text, 0), &options, &mut Diagnostics::new())
        .expect("it is valid");
    let expected = "var render = function render(){var \
                    _vm=this,_c=_vm._self._c,_setup=_vm._self._setupProxy;\
        return _c(_setup.Comp,{attrs:{\"b\":_setup.a,\"c\":_vm.d}})\n}\nvar staticRenderFns = []\n";
    assert_eq!(code.text(), expected);
    // Names lead back to where they were written.
    let at = |text: &str| {
        code.origin(code.text().find(text).expect("it is there") + text.len() - 1) as usize
    };
    assert_eq!((at("_setup.C"), at("_setup.a"), at("_vm.d")), (1, 10, 17));
}

/// Returns the program of a template, and its free names if they are known without the parser.
fn written(template: &str, is_functional: bool) -> (MappedCode, Option<Vec<FreeName>>) {
    let source = Source::new("/a.vue", "a.vue", template);
    let (config, mut log) = (VueConfig::default(), Diagnostics::new());
    let tree =
        parse(&MappedCode::copied(template, 0), &mut Context::new(&config, &source, &mut log));
    let names =
        ["Comp", "_v"].into_iter().map(|name| (name.to_owned(), Binding::SetupConst)).collect();
    let setup = Bindings { names, is_setup: true };
    let bindings = template.contains("Comp").then_some(&setup);
    let cx = generate::Context { source: &source, bindings, is_functional, is_typescript: false };
    program(&generate(&tree, &optimize(&tree), cx, &mut log), is_functional)
}

#[test]
fn names_are_found_where_they_are_written() {
    let templates = [
        "<p :a='b' :[c]='d' e='f' v-bind='g' v-on='h' @[i]='j' @k.once='l' :key='m' ref='n'>{{ o | \
         p(q) }} r</p>",
        "<p><i v-for='(a, b) in c' :key='a'>{{ a + b + c }}</i>{{ a }}</p>",
        "<p><i v-for='{ a, b: [c = d] } in e' :f='[a, b, c]'/>{{ c }}</p>",
        "<p><i v-for='_v in _s'>{{ _v }} {{ _s }}</i>{{ _v }}</p>",
        "<p><i v-for='undefined in a'>{{ undefined }}</i></p>",
        "<p>{{ _c }}{{ _vm }}{{ _setup }}{{ arguments }}{{ { a, b: c } }}</p>",
        "<Comp :a='_setup'>{{ _v }}</Comp>",
        "<p><x v-slot='{ a = b }'>{{ a }}{{ b }}</x>{{ a }}</p>",
        "<x><template #a='b'><i v-once>{{ b }}</i><p><b>c</b></p></template><template #d/></x>",
        "<x><template slot='a' slot-scope='b' v-if='b'>{{ b }}</template><template \
         slot-scope='c'/></x>",
        "<p><i v-for='a in b' :key='a'><b v-once>{{ a }}</b></i></p>",
        "<p @a='b' @c='d($event)' @e='f = $event; var g = h' @i='() => j' @k.enter.l='m' @n='o' \
         @click.native='q(g)'/>",
        "<p><i v-if='a'/><i v-else-if='b'/><i v-else/><i v-if='c' v-for='d in e'/></p>",
        "<p><input v-model='a'><input type='checkbox' v-model='a.b'><input type='radio' \
         v-model='a[b]'></p>",
        "<p><input :type='a' v-model='b'><select v-model='c.d'/><x v-model.trim='e[f]'/></p>",
        "<p><slot :a='b' v-bind='c'/><slot :name='d'>{{ e }}</slot><slot name='f' v-for='f in g' \
         :h='f'/></p>",
        "<p v-text='a' v-html='b' v-show='c' v-d:e.f='g' v-h:[i]='j' :k.sync='l' :m.prop='n' \
         class='o' :class='q'/>",
        "<p><component :is='a' inline/><i is='b' style='c: d' :style='e'/><b v-pre :f='g'>{{ h \
         }}</b></p>",
        "<p><template v-for='a in b'><i/>{{ a }}</template><template v-if='c'>d</template></p>",
    ];
    for (template, is_functional) in
        templates.iter().flat_map(|template| [(template, false), (template, true)])
    {
        let (program, names) = written(template, is_functional);
        let parsed = free_names(program.text(), false).expect("the test's template is right");
        assert_eq!(names, Some(parsed), "{template}\n{}", program.text());
    }
}

#[test]
fn names_are_left_to_the_parser() {
    let deep = format!("<p>{}a{}</p>", "<i>".repeat(100), "</i>".repeat(100));
    let templates = [
        "<p>{{ ä }}</p>",
        "<p>{{ a ?? b }}</p>",
        "<p :a='b; c'/>",
        "<p :a='b, c'/>",
        "<p a\\='b'/>",
        "<p __proto__='a'/>",
        "<p @a='b } c'/>",
        "<p :[a,b]='c'/>",
        "<p><i v-for='(a, a) in b'/></p>",
        "<x inline-template><p>{{ a }}</p></x>",
        &deep.replace("a<", "{{ [[a]] }}<"),
    ];
    for template in templates {
        assert_eq!(written(template, false).1, None, "{template}");
    }
}

#[test]
fn mistakes_leave_no_program() {
    let cases: &[(&str, &str)] = &[
        ("<p :a='b c'/>", "invalid-expression"),
        ("<p :a='b // c'/>", "invalid-expression"),
        ("<input v-model=''>", "empty-v-model"),
        ("<input v-model='a['>", "invalid-expression"),
        ("<p @a='b // c'/>", "invalid-expression"),
        ("<p>{{ a; b }}</p>", "invalid-expression"),
    ];
    for (template, expected) in cases {
        assert_eq!(compiled(template, |_| ()), Err(vec![*expected]), "{template}");
    }
    assert!(compiled("", |_| ()).is_ok_and(|code| code.contains("_c(\"div\")")));
}

#[test]
fn depth_is_no_danger() {
    let nested = |open: &str, close: &str, levels: usize| {
        format!("<div>{}{}</div>", open.repeat(levels), close.repeat(levels))
    };
    let kinds = [
        ("<div>", "</div>"),
        ("<div v-if='a' :b='c'>", "</div>"),
        ("<div v-for='a in b'>", "</div>"),
        ("<c v-slot='a'>", "</c>"),
        ("<c><template #a>", "</template></c>"),
        ("<c inline-template>", "</c>"),
        ("<div v-once v-if='a'>", "</div>"),
        ("<b v-pre>", "</b>"),
    ];
    for (open, close) in kinds {
        assert_eq!(
            compiled(&nested(open, close, 10_000), |_| ()),
            Err(vec!["nested-too-deeply"]),
            "{open}"
        );
        let is_allowed = |levels: &usize| {
            compiled(&nested(open, close, *levels), |_| ()) != Err(vec!["nested-too-deeply"])
        };
        let deepest = (1..200).rev().find(is_allowed);
        assert!(deepest.is_some_and(|levels| levels > 20), "{open} {deepest:?}");
    }
    let branches = "<b v-else-if='a'/>".repeat(300);
    assert!(compiled(&format!("<div><b v-if='a'/>{branches}</div>"), |_| ()).is_ok());
    let branches = "<b v-else-if='a'/>".repeat(10_000);
    assert_eq!(
        compiled(&format!("<div><b v-if='a'/>{branches}</div>"), |_| ()),
        Err(vec!["nested-too-deeply"])
    );
}

#[test]
fn no_text_is_a_danger() {
    let parts = [
        "<div>",
        "</div>",
        "<p ",
        "<input ",
        "<c ",
        "<template ",
        "<slot ",
        ">",
        "/>",
        " v-if='",
        " v-else-if='",
        " v-else ",
        " v-for='",
        "a in b",
        "(a, b) of c",
        " v-model='",
        " v-model.trim.number='",
        " v-slot='",
        " #x='",
        " slot-scope='",
        " :a='",
        " :[a]='",
        " @b.c='",
        " @[b]='",
        " v-bind='",
        " v-on='",
        " v-once ",
        " v-pre ",
        " inline-template ",
        " is='",
        " :is='",
        " type='",
        " :type='",
        "checkbox",
        " key='",
        " ref='",
        " slot='",
        "'",
        "\"",
        "{{",
        "}}",
        "a",
        "a.b",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "`",
        "${",
        "if",
        "delete (",
        " => ",
        "function ",
        "return ",
        "ä",
        "𝒳",
        "\u{2028}",
        "&quot;",
        "|",
        ",",
        ";",
        "//",
        "/*",
        "\\",
        "\n",
        " ",
        "=",
        "?.",
        "<svg>",
        "<!--",
        "-->",
        "class A { #b; }",
        "await ",
        "0",
        "'x'",
    ];
    let mut state = 7_u32;
    let mut random = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    let mut valid = 0;
    for _ in 0..3_000 {
        let text: String = (0..random(30)).map(|_| parts[random(parts.len())]).collect();
        let text = format!("<div>{text}</div>");
        let is_typescript = random(2) == 0;
        valid +=
            usize::from(compiled(&text, |options| options.is_typescript = is_typescript).is_ok());
    }
    assert!(valid > 50, "only {valid} were valid");
}

#[test]
fn long_input_ends() {
    let repeated = [
        "<p>{{ a }}</p>",
        "<c v-for='a in b'/>",
        "<p :a='b c'/>",
        "<p v-once><i/></p>",
        "<c><template #a>{{ b }}</template></c>",
        "{{ a }} ",
        "<p v-if='a'/><p v-else/>",
    ];
    for part in repeated {
        let text = format!("<div>{}</div>", part.repeat(100_000 / part.len()));
        _ = compiled(&text, |_| ());
    }
    let inside = [" :a='b'", " @a='b'", " v-a", " b", ".a"];
    for part in inside {
        let text = format!("<div @a{}></div>", part.repeat(20_000 / part.len()));
        _ = compiled(&text, |_| ());
    }
    for part in ["a+", "'", "(", "a.", "function ", "delete (", "[", "=>", "{{", "|"] {
        let value = part.repeat(100_000 / part.len());
        _ = compiled(
            &format!(
                "<div :a=\"{value}\" @b=\"{value}\" v-model=\"{value}\">{{{{{value}}}}}</div>"
            ),
            |_| (),
        );
    }
}
