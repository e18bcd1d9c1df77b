//! The exact output of Vue's own compiler for templates.

use bundle_base::{Source, config::VueConfig};

use super::{
    super::{
        bindings::{Binding, Bindings},
        optimize::optimize,
        parse,
    },
    events::Kind,
    *,
};
use crate::mapped_code::MappedCode;

/// Returns the bodies of the functions, without their openings, and the codes of the diagnostics.
fn compiled(template: &str, bindings: Option<&Bindings>) -> (Vec<String>, Vec<&'static str>) {
    let source = Source::new("/a.vue", "a.vue", template);
    let mut log = Diagnostics::new();
    let config = VueConfig::default();
    let tree = parse::parse(
        &MappedCode::copied(template, 0),
        &mut parse::Context::new(&config, &source, &mut log),
    );
    let cx = Context { source: &source, bindings, is_functional: false, is_typescript: false };
    let functions = generate(&tree, &optimize(&tree), cx, &mut log);
    let body = |body: &Body| {
        body.code.text().replace(cx.opening(), "").trim_start_matches("return ").to_owned()
    };
    let bodies = [&functions.render].into_iter().chain(&functions.statics).map(body).collect();
    (bodies, log.iter().map(|found| found.code).collect())
}

fn check(cases: &[(&str, &[&str])]) {
    for (template, expected) in cases {
        assert_eq!(compiled(template, None).0, *expected, "{template}");
    }
}

#[test]
fn children_and_normalisation() {
    check(&[
        (r#"<div>a {{ b }} "c"</div>"#, &[r#"_c('div',[_v("a "+_s(b)+" \"c\"")])"#]),
        (
            r#"<div><p v-for="(i, k, n) of list" :key="i"/></div>"#,
            &["_c('div',_l((list),function(i,k,n){return _c('p',{key:i})}),0)"],
        ),
        (r#"<div><p v-for="i in "/></div>"#, &["_c('div',[_c('p')],2)"]),
        (
            r#"<div><comp v-for="i in l" :key="i"/></div>"#,
            &["_c('div',_l((l),function(i){return _c('comp',{key:i})}),1)"],
        ),
        ("<div><comp/><b/></div>", &["_c('div',[_c('comp'),_c('b')],1)"]),
        (
            r#"<div><slot v-for="i in l"/></div>"#,
            &[r#"_c('div',[_l((l),function(i){return _t("default")})],2)"#],
        ),
        (
            r#"<div><template v-for="{ a } in l"><b/>{{ a }}</template></div>"#,
            &["_c('div',[_l((l),function({ a }){return [_c('b'),_v(_s(a))]})],2)"],
        ),
        ("<div><template/><template><b/></template></div>", &["_c('div',[void 0,[_c('b')]],2)"]),
    ]);
}

#[test]
fn conditions() {
    check(&[
        (r#"<p v-if="a"/>"#, &["(a)?_c('p'):_e()"]),
        (
            r#"<div><p v-if="a"/><p v-else-if="b"/><p v-else/></div>"#,
            &["_c('div',[(a)?_c('p'):(b)?_c('p'):_c('p')])"],
        ),
        (
            r#"<div><p v-if="a" v-for="a in b"/></div>"#,
            &["_c('div',_l((b),function(a){return (a)?_c('p'):_e()}),0)"],
        ),
        (
            r#"<div><template v-if="a">x<b/></template></div>"#,
            &[r#"_c('div',[(a)?[_v("x"),_c('b')]:_e()],2)"#],
        ),
        (
            r#"<div><input v-if="a"><input v-else :type="t" v-model="b"></div>"#,
            &[
                r#"_c('div',[(a)?_c('input'):((t)==='checkbox')?_c('input',{directives:[{name:"model",rawName:"v-model",value:(b),expression:"b"}],attrs:{"type":"checkbox"},domProps:{"checked":Array.isArray(b)?_i(b,null)>-1:(b)},on:{"change":function($event){var $$a=b,$$el=$event.target,$$c=$$el.checked?(true):(false);if(Array.isArray($$a)){var $$v=null,$$i=_i($$a,$$v);if($$el.checked){$$i<0&&(b=$$a.concat([$$v]))}else{$$i>-1&&(b=$$a.slice(0,$$i).concat($$a.slice($$i+1)))}}else{b=$$c}}}}):((t)==='radio')?_c('input',{directives:[{name:"model",rawName:"v-model",value:(b),expression:"b"}],attrs:{"type":"radio"},domProps:{"checked":_q(b,null)},on:{"change":function($event){b=null}}}):_c('input',{directives:[{name:"model",rawName:"v-model",value:(b),expression:"b"}],attrs:{"type":t},domProps:{"value":(b)},on:{"input":function($event){if($event.target.composing)return;b=$event.target.value}}})])"#,
            ],
        ),
    ]);
}

#[test]
fn once() {
    check(&[
        ("<div><p v-once>{{ a }}</p></div>", &["_c('div',[_m(0)])", "_c('p',[_v(_s(a))])"]),
        (
            r#"<div><p v-once v-if="a"/><p v-else v-once/></div>"#,
            &["_c('div',[(a)?_m(0):_m(1)])", "_c('p')", "_c('p')"],
        ),
        (
            r#"<div><div v-for="i in l" :key="i.id"><p v-once v-if="i"><b v-once>{{ c }}</b></p></div></div>"#,
            &["_c('div',_l((l),function(i){return \
                 _c('div',{key:i.id},[(i)?_o(_c('p',[_o(_c('b',[_v(_s(c))]),0,i.id)]),1,i.id):_e()])}),0)"],
        ),
        (
            r#"<div><p v-for="i in l" v-once/></div>"#,
            &["_c('div',_m(0),0)", "_l((l),function(i){return _c('p')})"],
        ),
    ]);
}

#[test]
fn hoisting() {
    check(&[
        (
            "<div><p><b>a</b></p><p>b</p></div>",
            &["_m(0)", r#"_c('div',[_c('p',[_c('b',[_v("a")])]),_c('p',[_v("b")])])"#],
        ),
        ("<div><svg><g><path/></g></svg></div>", &["_c('div',[_c('svg',[_c('g',[_c('path')])])])"]),
        (
            "<div><p><comp/></p><p><slot/></p></div>",
            &[r#"_c('div',[_c('p',[_c('comp')],1),_c('p',[_t("default")],2)])"#],
        ),
        (
            "<div><comp><p><b>a</b></p></comp></div>",
            &[r#"_c('div',[_c('comp',[_c('p',[_c('b',[_v("a")])])])],1)"#],
        ),
        (
            r#"<div><ul v-for="i in l"><li><b>x</b></li></ul></div>"#,
            &[
                "_c('div',_l((l),function(i){return _c('ul',[_m(0,true)])}),0)",
                r#"_c('li',[_c('b',[_v("x")])])"#,
            ],
        ),
        (
            r#"<div><p v-pre>{{ a }}<template :b="c"><i/></template></p></div>"#,
            &["_m(0)", r#"_c('div',[_c('p',{pre:true},[_v("{{ a }}"),[_c('i')]],2)])"#],
        ),
        (
            r#"<div><comp v-pre :a="b">{{ c }}</comp></div>"#,
            &["_m(0)", r#"_c('div',[_c('comp',{pre:true,attrs:{":a":"b"}},[_v("{{ c }}")])],1)"#],
        ),
        (
            "<div><template><p><b/></p></template></div>",
            &["_c('div',[[_m(0)]],2)", "_c('p',[_c('b')])"],
        ),
    ]);
}

#[test]
fn data() {
    check(&[
        (
            r#"<div key="a" ref="b" class=" c  d" :class="e" style="color: red" :style="f" g="h" :i="j" :k.prop="l"/>"#,
            &[
                r#"_c('div',{key:"a",ref:"b",staticClass:"c d",class:e,staticStyle:{"color":"red"},style:(f),attrs:{"g":"h","i":j},domProps:{"k":l}})"#,
            ],
        ),
        (
            r#"<div><p v-for="i in l" ref="a"/></div>"#,
            &[r#"_c('div',_l((l),function(i){return _c('p',{ref:"a",refInFor:true})}),0)"#],
        ),
        (r#"<component :is="a" b="c"/>"#, &[r#"_c(a,{tag:"component",attrs:{"b":"c"}})"#]),
        (r#"<div is="a"/>"#, &[r#"_c("a",{tag:"div"})"#]),
        (
            r#"<comp v-bind.sync="a" v-on="b" @c="d" :[e]="f" @[g]="h" :i="j"/>"#,
            &[
                r#"_c('comp',_g(_b(_b({attrs:{"i":j},on:_d({"c":d},[g,h])},"comp",_d({},[e,f])),'comp',a,false,true),b))"#,
            ],
        ),
        (r#"<comp v-bind.prop="a"/>"#, &["_c('comp',_b({},'comp',a,true))"]),
        (
            r#"<div v-foo v-foo:a.b.c="d" v-foo:[e].f="'g'" v-cloak/>"#,
            &[
                r#"_c('div',{directives:[{name:"foo",rawName:"v-foo"},{name:"foo",rawName:"v-foo:a.b.c",value:(d),expression:"d",arg:"a",modifiers:{"b":true,"c":true}},{name:"foo",rawName:"v-foo:[e].f",value:('g'),expression:"'g'",arg:e,modifiers:{"f":true}}]})"#,
            ],
        ),
        (
            r#"<div v-text="a" v-html="b | c"/>"#,
            &[r#"_c('div',{domProps:{"textContent":_s(a),"innerHTML":_s(b | c)}})"#],
        ),
        (
            r#"<comp :a-b.sync="c.d"/>"#,
            &[
                r#"_c('comp',{attrs:{"a-b":c.d},on:{"update:aB":function($event){return $set(c, "d", $event)},"update:a-b":function($event){return $set(c, "d", $event)}}})"#,
            ],
        ),
        (r#"<comp slot="a"/>"#, &[r#"_c('comp',{attrs:{"slot":"a"},slot:"a"})"#]),
    ]);
}

#[test]
fn handlers() {
    check(&[
        (
            r#"<p @a="b" @c="d.e['f'][0][g]" @h="i()" @j="k(l);" @m="n = 1" @o="x => y" @p="function q (r) {}" @s=""/>"#,
            &[
                r#"_c('p',{on:{"a":b,"c":d.e['f'][0][g],"h":function($event){return i()},"j":function($event){return k(l);},"m":function($event){n = 1},"o":x => y,"p":function q (r) {},"s":function($event){}}})"#,
            ],
        ),
        (
            r#"<p @a="async () => b()"/>"#,
            &[r#"_c('p',{on:{"a":function($event){async () => b()}}})"#],
        ),
        (
            r#"<p @a="b" @a="c()" @a.stop="d = 1"/>"#,
            &[
                r#"_c('p',{on:{"a":[b,function($event){return c()},function($event){$event.stopPropagation();d = 1}]}})"#,
            ],
        ),
        (
            r#"<p @click.stop @click.prevent.self="a" @click.right="b()" @click.middle="() => c"/>"#,
            &[
                r#"_c('p',{on:{"click":[function($event){$event.stopPropagation();},function($event){$event.preventDefault();if($event.target !== $event.currentTarget)return null;return a.apply(null, arguments)}],"contextmenu":function($event){return b()},"mouseup":function($event){if('button' in $event && $event.button !== 1)return null;return (() => c).apply(null, arguments)}}})"#,
            ],
        ),
        (
            r#"<p @keyup.enter.13.foo.stop="a" @keydown.ctrl.exact="b"/>"#,
            &[
                r#"_c('p',{on:{"keyup":function($event){if(!$event.type.indexOf('key')&&$event.keyCode!==13&&_k($event.keyCode,"enter",13,$event.key,"Enter")&&_k($event.keyCode,"foo",undefined,$event.key,undefined))return null;$event.stopPropagation();return a.apply(null, arguments)},"keydown":function($event){if(!$event.ctrlKey)return null;if($event.shiftKey||$event.altKey||$event.metaKey)return null;return b.apply(null, arguments)}}})"#,
            ],
        ),
        (
            r#"<comp @a.native.once.capture="b"/>"#,
            &[r#"_c('comp',{nativeOn:{"~!a":function($event){return b.apply(null, arguments)}}})"#],
        ),
        (
            r#"<p @[a].passive="b" @[c]="d" @[c]="e"/>"#,
            &[
                r#"_c('p',{on:_d({"c":[d,e]},[_p(a,"&"),function($event){return b.apply(null, arguments)}])})"#,
            ],
        ),
    ]);
}

#[test]
fn models() {
    check(&[
        (
            r#"<input v-model="a">"#,
            &[
                r#"_c('input',{directives:[{name:"model",rawName:"v-model",value:(a),expression:"a"}],domProps:{"value":(a)},on:{"input":function($event){if($event.target.composing)return;a=$event.target.value}}})"#,
            ],
        ),
        (
            r#"<input v-model.lazy.trim="a.b">"#,
            &[
                r#"_c('input',{directives:[{name:"model",rawName:"v-model.lazy.trim",value:(a.b),expression:"a.b",modifiers:{"lazy":true,"trim":true}}],domProps:{"value":(a.b)},on:{"change":function($event){$set(a, "b", $event.target.value.trim())},"blur":function($event){return $forceUpdate()}}})"#,
            ],
        ),
        (
            r#"<input v-model.number="a[b.c]">"#,
            &[
                r#"_c('input',{directives:[{name:"model",rawName:"v-model.number",value:(a[b.c]),expression:"a[b.c]",modifiers:{"number":true}}],domProps:{"value":(a[b.c])},on:{"input":function($event){if($event.target.composing)return;$set(a, b.c, _n($event.target.value))},"blur":function($event){return $forceUpdate()}}})"#,
            ],
        ),
        (
            r#"<input v-model="a" type="range">"#,
            &[
                r#"_c('input',{directives:[{name:"model",rawName:"v-model",value:(a),expression:"a"}],attrs:{"type":"range"},domProps:{"value":(a)},on:{"__r":function($event){a=$event.target.value}}})"#,
            ],
        ),
        (
            r#"<input type="checkbox" v-model.number="a" :value="b | c" true-value="d">"#,
            &[
                r#"_c('input',{directives:[{name:"model",rawName:"v-model.number",value:(a),expression:"a",modifiers:{"number":true}}],attrs:{"type":"checkbox","true-value":"d"},domProps:{"value":_f("c")(b),"checked":Array.isArray(a)?_i(a,_f("c")(b))>-1:_q(a,"d")},on:{"change":function($event){var $$a=a,$$el=$event.target,$$c=$$el.checked?("d"):(false);if(Array.isArray($$a)){var $$v=_n(_f("c")(b)),$$i=_i($$a,$$v);if($$el.checked){$$i<0&&(a=$$a.concat([$$v]))}else{$$i>-1&&(a=$$a.slice(0,$$i).concat($$a.slice($$i+1)))}}else{a=$$c}}}})"#,
            ],
        ),
        (
            r#"<input type="radio" v-model="a['b']" value="c">"#,
            &[
                r#"_c('input',{directives:[{name:"model",rawName:"v-model",value:(a['b']),expression:"a['b']"}],attrs:{"type":"radio","value":"c"},domProps:{"checked":_q(a['b'],"c")},on:{"change":function($event){return $set(a, 'b', "c")}}})"#,
            ],
        ),
        (
            r#"<select v-model.number="a" @change="b"/>"#,
            &[
                r#"_c('select',{directives:[{name:"model",rawName:"v-model.number",value:(a),expression:"a",modifiers:{"number":true}}],on:{"change":[function($event){var $$selectedVal = Array.prototype.filter.call($event.target.options,function(o){return o.selected}).map(function(o){var val = "_value" in o ? o._value : o.value;return _n(val)}); a=$event.target.multiple ? $$selectedVal : $$selectedVal[0]},b]}})"#,
            ],
        ),
        (
            r#"<textarea v-model.trim="a" @input="b"/>"#,
            &[
                r#"_c('textarea',{directives:[{name:"model",rawName:"v-model.trim",value:(a),expression:"a",modifiers:{"trim":true}}],domProps:{"value":(a)},on:{"input":[function($event){if($event.target.composing)return;a=$event.target.value.trim()},b],"blur":function($event){return $forceUpdate()}}})"#,
            ],
        ),
        (
            r#"<comp v-model="a.b"/>"#,
            &[
                r#"_c('comp',{model:{value:(a.b),callback:function ($$v) {$set(a, "b", $$v)},expression:"a.b"}})"#,
            ],
        ),
        (
            r#"<comp v-model.trim.number="a"/>"#,
            &[
                r#"_c('comp',{model:{value:(a),callback:function ($$v) {a=_n((typeof $$v === 'string'? $$v.trim(): $$v))},expression:"a"}})"#,
            ],
        ),
    ]);
}

#[test]
fn slots() {
    check(&[
        (
            r#"<div><slot/><slot name="a" :b-c="d" v-bind="e">f</slot><slot :[g-h]="i"/><slot v-bind="j"/></div>"#,
            &[
                r#"_c('div',[_t("default"),_t("a",function(){return [_v("f")]},{"bC":d},e),_t("default",null,_d({},[gH,i])),_t("default",null,null,j)],2)"#,
            ],
        ),
        (
            r#"<comp v-slot="{ a, b = c }">{{ a }}</comp>"#,
            &[
                r#"_c('comp',{scopedSlots:_u([{key:"default",fn:function({ a, b = c }){return [_v(_s(a))]}}])})"#,
            ],
        ),
        (
            r#"<comp><template #a>b</template><template #[c]="d"/></comp>"#,
            &[
                r#"_c('comp',{scopedSlots:_u([{key:"a",fn:function(){return [_v("b")]},proxy:true},{key:c,fn:function(d){return undefined}}],null,true)})"#,
            ],
        ),
        (
            r#"<comp><template #a v-if="b">c</template><template #a v-else>d</template></comp>"#,
            &[
                r#"_c('comp',{scopedSlots:_u([(b)?{key:"a",fn:function(){return [_v("c")]},proxy:true}:{key:"a",fn:function(){return [_v("d")]},proxy:true}],null,true)})"#,
            ],
        ),
        (
            r#"<comp><template #[a] v-for="a in b"/></comp>"#,
            &["_c('comp',{scopedSlots:_u([_l((b),function(a){return {key:a,fn:function(){return \
                 undefined},proxy:true}})],null,true)})"],
        ),
        (
            "<comp><template #a><p><slot/></p></template></comp>",
            &[
                r#"_c('comp',{scopedSlots:_u([{key:"a",fn:function(){return [_c('p',[_t("default")],2)]},proxy:true}],null,true)})"#,
            ],
        ),
        (
            r#"<div v-if="a"><comp><template #b>é𝒳</template></comp></div>"#,
            &[
                r#"(a)?_c('div',[_c('comp',{scopedSlots:_u([{key:"b",fn:function(){return [_v("é𝒳")]},proxy:true}],null,false,904083152)})],1):_e()"#,
            ],
        ),
        (
            r#"<div v-for="a in b"><comp><template #c/></comp></div>"#,
            &[
                r#"_l((b),function(a){return _c('div',[_c('comp',{scopedSlots:_u([{key:"c",fn:function(){return undefined},proxy:true}],null,true)})],1)})"#,
            ],
        ),
        (
            r#"<comp v-slot="a"><other><template #b/></other></comp>"#,
            &[
                r#"_c('comp',{scopedSlots:_u([{key:"default",fn:function(a){return [_c('other',{scopedSlots:_u([{key:"b",fn:function(){return undefined},proxy:true}],null,true)})]}}])})"#,
            ],
        ),
        (
            r#"<comp><p slot="a" slot-scope="b" v-if="c"/></comp>"#,
            &[
                r#"_c('comp',{scopedSlots:_u([{key:"a",fn:function(b){return (c)?_c('p',{}):_e()}}],null,true)})"#,
            ],
        ),
        (
            r#"<comp><template slot="a" slot-scope="b" v-if="c">d</template></comp>"#,
            &[
                r#"_c('comp',{scopedSlots:_u([{key:"a",fn:function(b){return (c)?[_v("d")]:undefined}}],null,true)})"#,
            ],
        ),
        (
            r#"<comp><template slot="a" slot-scope="b" v-if="c"/></comp>"#,
            &[
                r#"_c('comp',{scopedSlots:_u([{key:"a",fn:function(b){return (c)?undefined:undefined}}],null,true)})"#,
            ],
        ),
    ]);
}

#[test]
fn inline_templates() {
    check(&[(
        r#"<comp inline-template :a="b"><div><p><b>c</b></p>{{ d }}</div></comp>"#,
        &[
            r#"_c('comp',{attrs:{"a":b},inlineTemplate:{render:function(){return _c('div',[_m(0),_v(_s(d))])},staticRenderFns:[function(){return _c('p',[_c('b',[_v("c")])])}]}})"#,
        ],
    )]);
}

#[test]
fn tags_of_the_setup() {
    let kinds = [
        ("MyButton", Binding::SetupMaybeRef),
        ("myButton", Binding::SetupConst),
        ("Other", Binding::SetupRef),
        ("Prop", Binding::Props),
        ("div", Binding::SetupConst),
    ];
    let names = kinds.into_iter().map(|(name, kind)| (name.to_owned(), kind)).collect();
    let mut bindings = Bindings { names, is_setup: true };
    let template = "<div><my-button/><other/><prop/><x-y/></div>";
    let expected = "_c('div',[_c(myButton),_c(Other),_c('prop'),_c('x-y')],1)";
    assert_eq!(compiled(template, Some(&bindings)).0, [expected]);
    bindings.is_setup = false;
    let expected = "_c('div',[_c('my-button'),_c('other'),_c('prop'),_c('x-y')],1)";
    assert_eq!(compiled(template, Some(&bindings)).0, [expected]);
}

#[test]
fn mistakes_that_show_only_here() {
    let cases: &[(&str, &[&str])] = &[
        ("<div><p v-for='a in b'><i v-once/></p></div>", &["once-without-key"]),
        ("<div><p v-for='a in b' :key='a'><i v-once/></p></div>", &[]),
        ("<div><c v-for='a in b'/></div>", &["component-without-key"]),
        ("<div><c v-for='a in b' :key='a'/><p v-for='a in b'/><slot v-for='a in b'/></div>", &[]),
        ("<c inline-template>a</c>", &["inline-template-root"]),
        ("<c inline-template><p/><p/></c>", &["inline-template-root"]),
        ("<c inline-template/>", &["inline-template-root"]),
        ("<c inline-template><p/></c>", &[]),
        ("<input type='file' v-model='a'>", &["model-unsupported"]),
        ("<p v-model='a'/>", &["model-ignored"]),
        ("<input v-model='a' :value='b'>", &["model-and-value"]),
        ("<input v-model='a' :value='b' :type='c'>", &[]),
        ("<input v-model='a' value='b'>", &[]),
        ("<c v-on.stop='a'/>", &["listeners-with-modifiers"]),
        ("<c v-on='a'/>", &[]),
    ];
    for (template, expected) in cases {
        assert_eq!(compiled(template, None).1, *expected, "{template}");
    }
}

#[test]
fn handlers_are_classified_by_their_text() {
    let cases = [
        (Kind::Path, &["a", "a.b", "a['b c']", "a[\"b\"]", "a[0][b].c", "$a._b"][..]),
        (
            Kind::Function,
            &[
                "a => b",
                "(a, b) => c",
                "() => {}",
                "_1=>a",
                "function () {}",
                "function a(b) {}",
                "function(",
            ],
        ),
        (Kind::Call, &["a()", "a.b(c)", "a(b(c)", "a(b);;"]),
        (
            Kind::Statements,
            &[
                "",
                "a = 1",
                "a(b); c(d)",
                "a(b(c))()",
                "a(function () {}, b)",
                "async () => a",
                "a[b.c]",
                "a[\"b']",
                "(a)",
                "functional ()",
                "a[-1]",
                "ä",
            ],
        ),
    ];
    for (kind, texts) in cases {
        for text in texts {
            assert_eq!(Kind::of(text), kind, "{text}");
        }
    }
}
