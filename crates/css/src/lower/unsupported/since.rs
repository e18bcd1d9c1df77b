//! The first browser versions that have each construct, from caniuse and MDN's browser-compat-data.
//! Where lightningcss has a version too, it is the same one (its table, `compat.rs`, is private).
//! Where caniuse and MDN differ, the earlier version is used: a missing warning does less harm than
//! a wrong one. A version counts if it has a construct under a prefix that the printer writes.

use std::collections::HashMap;

use super::{
    super::targets::{NO, Oldest, Since, tenths},
    constructs::Construct,
};

/// Which browsers of a target lack a construct.
#[derive(Default)]
pub(super) struct Lack {
    /// The browsers that lack it: the oldest version of each name, such as `ie 9`.
    pub browsers: Vec<String>,
    /// The target with the browser versions that have it; empty if there are none.
    pub having: String,
}

/// Returns the constructs that some of the browsers lack.
pub(super) fn lacking(browsers: &[Oldest]) -> HashMap<Construct, Lack> {
    let mut lacking: HashMap<Construct, Lack> = HashMap::new();
    for (construct, since) in TABLE {
        let mut lack = Lack::default();
        let mut having = Vec::new();
        for Oldest { name, slot, version } in browsers.iter().copied() {
            let since = since[slot];
            if tenths(version) < since {
                lack.browsers.push(format!("{name} {}", shown(version)));
            }
            let first = tenths(version).max(since);
            if since != NO {
                having.push(format!("{name} >= {}", shown((first / 10) << 16 | (first % 10) << 8)));
            }
        }
        if !lack.browsers.is_empty() {
            lack.having = having.join(", ");
            lacking.insert(construct, lack);
        }
    }
    lacking
}

fn shown(version: u32) -> String {
    let (major, minor) = (version >> 16, version >> 8 & 0xff);
    if minor == 0 { major.to_string() } else { format!("{major}.{minor}") }
}

#[rustfmt::skip]
const TABLE: [(Construct, Since); 49] = [
    //                              chrome edge firefox  ie  ios_saf opera safari android samsung
    (Construct::Alpha,             [   0,    0,    0,   90,    0,    0,    0,    0,    0]),
    (Construct::AspectRatio,       [ 880,  880,  890,   NO,  150,  740,  150,  880,  150]),
    (Construct::BackdropFilter,    [ 760,  170, 1030,   NO,   90,  630,   90,  760,  120]),
    (Construct::BlendMode,         [ 410,  790,  320,   NO,   80,  280,   80,  410,   40]),
    (Construct::Calc,              [ 190,  120,   40,   90,   60,  150,   60,   44,    0]),
    (Construct::ClipPath,          [ 240,  790,  540,   NO,   70,  150,   70,   44,    0]),
    (Construct::ColorMix,          [1110, 1110, 1130,   NO,  162,  970,  162, 1110,  220]),
    (Construct::ConicGradient,     [ 690,  790,  830,   NO,  122,  480,  121,  690,  100]),
    (Construct::Container,         [1050, 1050, 1100,   NO,  160,  910,  160, 1050,  200]),
    (Construct::ContainerUnits,    [1050, 1050, 1100,   NO,  160,  720,  160, 1050,  200]),
    (Construct::Contents,          [ 650,  790,  370,   NO,  113,  520,  111,  650,   90]),
    (Construct::CustomProperties,  [ 490,  150,  310,   NO,   93,  360,   91,  490,   50]),
    (Construct::DynamicViewport,   [1080, 1080, 1010,   NO,  154,  730,  154, 1080,  210]),
    (Construct::Filter,            [ 180,  120,  350,   NO,   60,  150,   60,   44,    0]),
    (Construct::Flex,              [   0,    0,    0,  100,    0,  121,    0,    0,    0]),
    (Construct::FlexGap,           [ 840,  840,  630,   NO,  145,  700,  141,  840,  140]),
    (Construct::FlowRoot,          [ 580,  790,  530,   NO,  130,  450,  130,  580,   70]),
    (Construct::FocusVisible,      [ 860,  860,  850,   NO,  154,  720,  154,  860,  140]),
    (Construct::FocusWithin,       [ 600,  790,  520,   NO,  103,  470,  101,  600,   82]),
    (Construct::Gradient,          [  40,    0,   36,  100,   32,  111,   40,    0,    0]),
    (Construct::Grid,              [ 570,  160,  520,   NO,  103,  440,  101,  570,   62]),
    // Older versions have no grids at all.
    (Construct::GridGap,           [ 660,    0,  610,    0,  120,  530,  120,  660,   90]),
    (Construct::Has,               [1050, 1050, 1210,   NO,  154,  910,  154, 1050,  200]),
    // Versions that have it as `:-webkit-any()` or `:-moz-any()` count.
    (Construct::Is,                [ 120,  790,   40,   NO,   50,  150,   50,   44,    0]),
    (Construct::NotList,           [ 120,  790,   40,   NO,   50,  150,   50,   44,    0]),
    (Construct::IsOfComplex,       [ 880,  880,  780,   NO,  140,  740,  140,  880,  150]),
    (Construct::Layer,             [ 990,  990,  970,   NO,  154,  850,  154,  990,  180]),
    // The first versions with @supports: they get the fallback of lower/logical.rs.
    (Construct::LogicalSides,      [ 280,    0,  220,   NO,   90,  121,   90,   44,    0]),
    // The printer writes `clamp()` with these functions.
    (Construct::Math,              [ 790,  790,  750,   NO,  113,  570,  111,  790,  120]),
    (Construct::Media,             [   0,    0,   35,   90,    0,   95,    0,    0,    0]),
    (Construct::ModernColor,       [1110, 1110, 1130,   NO,  154,  750,  154, 1110,  220]),
    (Construct::Motion,            [  40,    0,   50,  100,   32,  120,   40,    0,    0]),
    (Construct::NotOfComplex,      [ 880,  880,  840,   NO,   90,  740,   90,  880,  150]),
    (Construct::NthChildOf,        [1110, 1110, 1130,   NO,   90,  750,   90, 1110,  220]),
    (Construct::ObjectFit,         [ 320,  160,  360,   NO,   80,  190,   71,   44,    0]),
    (Construct::Opacity,           [   0,    0,    0,   90,    0,    0,    0,    0,    0]),
    (Construct::Property,          [ 850,  850, 1280,   NO,  164,  710,  164,  850,  140]),
    (Construct::Rem,               [   0,    0,   36,   90,   40,  116,   50,    0,    0]),
    (Construct::ScrollSnap,        [ 690,  790,  680,   NO,  110,  560,  110,  690,  100]),
    (Construct::Selectors3,        [   0,    0,   35,   90,    0,   95,    0,    0,    0]),
    (Construct::SingleTransforms,  [1040, 1040,  720,   NO,  145,  900,  141, 1040,  200]),
    (Construct::Sticky,            [ 560,  160,  320,   NO,   60,  430,   61,  560,   60]),
    (Construct::SupportsNot,       [ 280,  120,  220,   NO,   90,  121,   90,   44,    0]),
    (Construct::TextStart,         [   0,  790,    0,   NO,    0,    0,    0,    0,    0]),
    (Construct::Transform,         [  40,    0,   35,   90,   32,  105,   31,    0,    0]),
    (Construct::Viewport,          [ 250,  120,  190,   90,   60,  140,   60,   44,   15]),
    (Construct::Vmax,              [ 260,  160,  190,   NO,   70,  140,   70,   44,   15]),
    (Construct::Vmin,              [ 260,  120,  190,  100,   70,  140,   70,   44,   15]),
    (Construct::Where,             [ 880,  880,  780,   NO,  140,  740,  140,  880,  150]),
];
