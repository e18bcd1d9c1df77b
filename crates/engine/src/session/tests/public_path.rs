//! A program with a module that names `__webpack_public_path__` finds all files at run time. A
//! rebuild notices when the first module begins to name it, and when the last one stops.

use std::sync::Arc;

use bundle_base::fs::MemoryFs;

use super::{built, changed, session};

const SETS: &str = "__webpack_public_path__ = base;\n";

fn project() -> Arc<MemoryFs> {
    Arc::new(
        MemoryFs::new()
            .with(
                "/p/main.js",
                "import './base.js';\nimport './main.css';\nimport url from './dot.gif?url';\n\
                 log(url, () => import('./later.js'));\n",
            )
            .with("/p/base.js", "log(1);\n")
            .with("/p/main.css", "a { background: url(dot.gif?url) }\n")
            .with("/p/later.js", "log(2);\n")
            .with("/p/dot.gif", "GIF89a"),
    )
}

#[test]
fn a_rebuild_equals_a_clean_build_when_a_module_begins_or_ends_to_set_it() {
    for more in ["", r#", "splitting": true"#, r#", "modules": "registry""#, r#", "format": "esm""#]
    {
        let settings = format!(
            r#"{{ "areas": {{ "main": "main.js" }}, "outDir": "out", "publicPath": "/out/",
                "mode": "development", "styles": "inject", "splitting": false{more} }}"#
        );
        let settings = settings.replace(r#""splitting": false, "splitting""#, r#""splitting""#);
        let fs = project();
        let mut kept = session(&settings, &fs);
        let first = built(&mut kept);
        for text in [SETS, "log(__webpack_public_path__);\n", SETS, "log(1);\n"] {
            fs.write("/p/base.js", text);
            kept.apply(&changed("/p/base.js"));
            let rebuilt = built(&mut kept).outputs.files;
            assert_eq!(rebuilt, built(&mut session(&settings, &fs)).outputs.files, "{settings}");
            let main = rebuilt.iter().find(|file| file.path == "main.js");
            let main = String::from_utf8_lossy(&main.expect("there is a script").bytes);
            let is_known = text == "log(1);\n" || more.contains("esm");
            assert_eq!(main.contains("url(\\\"/out/assets/dot"), is_known, "{settings}\n{main}");
            assert_eq!(main.contains("\"/out/assets/dot"), is_known, "{settings}\n{main}");
        }
        assert_eq!(built(&mut kept).outputs.files, first.outputs.files, "{settings}");
    }
}
