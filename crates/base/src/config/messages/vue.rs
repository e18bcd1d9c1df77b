//! Messages about Vue.

use super::origin::placed;
use crate::{config::raw::Origin, diagnostic::Diagnostic};

/// What messages say about Vue 3.
pub const VUE_3: &str = "components of Vue 3 cannot be compiled yet";

pub(in crate::config) fn vue_3(origin: &Origin) -> Diagnostic {
    placed(Diagnostic::error("vue-version", VUE_3), origin).fix("leave it out, or write 2", None)
}

pub(in crate::config) fn bad_delimiters(origin: &Origin) -> Diagnostic {
    placed(Diagnostic::error("config-type", "vue.delimiters must be a list of two strings"), origin)
        .fix("write the strings before and after an interpolation: [\"{{\", \"}}\"]", None)
}
