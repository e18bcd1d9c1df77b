//! Gradients under prefixes. They came before the standard and count differently: a direction names where the colours begin, angles
//! turn the other way, a radial one says where it is before it says how large. The printer knows the prefix and then writes
//! angles, defaults and places of the standard: so each gets a stand-in, and its own text once the rest is printed.

use bundle_base::woven::{Edit, Woven};
use lightningcss::{
    printer::PrinterOptions,
    properties::Property,
    rules::CssRuleList,
    targets::Targets,
    traits::ToCss,
    values::{
        gradient::{Circle, Ellipse, EndingShape, Gradient, LineDirection, LinearGradient, RadialGradient},
        image::Image,
        position::{HorizontalPositionKeyword, Position, VerticalPositionKeyword},
        url::Url,
    },
    vendor_prefix::VendorPrefix,
};

use super::blocks;

/// What every stand-in begins with.
const NAME: &str = "bundle-gradient-";

/// The texts of gradients, by number.
pub(super) type Texts = Vec<String>;

/// How they are printed.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub minify: bool,
    pub targets: Targets,
}

impl Form {
    fn comma(self) -> &'static str {
        if self.minify { "," } else { ", " }
    }

    fn options(self) -> PrinterOptions<'static> {
        PrinterOptions { minify: self.minify, targets: self.targets, ..PrinterOptions::default() }
    }
}

/// Puts stand-ins in the place of gradients under prefixes.
pub(super) fn put_aside(rules: &mut CssRuleList<'_>, form: Form) -> Texts {
    let mut texts = Texts::new();
    blocks::each(rules, &mut |declarations| {
        let standard = standard(declarations);
        for property in declarations {
            for image in images(property) {
                let Image::Gradient(gradient) = &*image else { continue };
                let Some(text) = text(gradient, &standard, form) else { continue };
                let known = texts.iter().position(|known| *known == text);
                let number = known.unwrap_or_else(|| {
                    texts.push(text);
                    texts.len() - 1
                });
                let loc = lightningcss::dependencies::Location { line: 0, column: 0 };
                *image = Image::Url(Url { url: format!("{NAME}{number}").into(), loc });
            }
        }
    });
    texts
}

/// The printed sheet with its gradients.
pub(super) fn restored(sheet: &Woven, texts: &[String]) -> Woven {
    let css = sheet.text();
    let mut edits = Vec::new();
    for (at, _) in css.match_indices(NAME).filter(|_| !texts.is_empty()) {
        let digits = css[at + NAME.len()..].bytes().take_while(u8::is_ascii_digit).count();
        let end = at + NAME.len() + digits;
        let number = css[at + NAME.len()..end].parse::<usize>();
        let Some(text) = number.ok().and_then(|number| texts.get(number)) else { continue };
        let before = css[..at].trim_end_matches(['"', '\'']).trim_end_matches("url(").len();
        let rest = &css[end..];
        let after = css.len() - rest.trim_start_matches(['"', '\'']).len() + 1;
        edits.push(Edit::replace(before..after, text.as_str()));
    }
    sheet.edited(&edits)
}

/// Where a property has images.
fn images<'p, 'i>(property: &'p mut Property<'i>) -> Vec<&'p mut Image<'i>> {
    if let Property::Background(layers) = property {
        layers.iter_mut().map(|layer| &mut layer.image).collect()
    } else if let Property::BackgroundImage(images) | Property::MaskImage(images, _) = property {
        images.iter_mut().collect()
    } else if let Property::Mask(layers, _) = property {
        layers.iter_mut().map(|layer| &mut layer.image).collect()
    } else if let Property::BorderImage(border, _) | Property::WebKitMaskBoxImage(border, _) = property {
        vec![&mut border.source]
    } else if let Property::ListStyle(list) = property {
        vec![&mut list.image]
    } else if let Property::BorderImageSource(image)
    | Property::ListStyleImage(image)
    | Property::WebKitMaskBoxImageSource(image, _) = property
    {
        vec![image]
    } else {
        Vec::new()
    }
}

/// The shapes of gradients of the standard in a block: what has one of them under a prefix was made of it.
fn standard(declarations: &mut [Property<'_>]) -> Vec<EndingShape> {
    let images = declarations.iter_mut().flat_map(images);
    let shapes = images.filter_map(|image| {
        let Image::Gradient(gradient) = image else { return None };
        let (Gradient::Radial(radial) | Gradient::RepeatingRadial(radial)) = &**gradient else { return None };
        (!is_prefixed(radial.vendor_prefix)).then(|| radial.shape.clone())
    });
    shapes.collect()
}

/// A gradient under a prefix, as those browsers read it.
fn text(gradient: &Gradient, standard: &[EndingShape], form: Form) -> Option<String> {
    let comma = form.comma();
    let (plain, head) = if let Gradient::Linear(linear) = gradient
        && is_prefixed(linear.vendor_prefix)
    {
        (Gradient::Linear(without_direction(linear)), direction(&linear.direction))
    } else if let Gradient::RepeatingLinear(linear) = gradient
        && is_prefixed(linear.vendor_prefix)
    {
        (Gradient::RepeatingLinear(without_direction(linear)), direction(&linear.direction))
    } else if let Gradient::Radial(radial) = gradient
        && is_prefixed(radial.vendor_prefix)
    {
        (Gradient::Radial(without_place(radial)), place(radial, standard, form)?)
    } else if let Gradient::RepeatingRadial(radial) = gradient
        && is_prefixed(radial.vendor_prefix)
    {
        (Gradient::RepeatingRadial(without_place(radial)), place(radial, standard, form)?)
    } else {
        return None;
    };
    let plain = plain.to_css_string(form.options()).ok()?;
    let (name, rest) = plain.split_once('(')?;
    let head = if head.is_empty() { head } else { format!("{head}{comma}") };
    Some(format!("{name}({head}{rest}"))
}

fn is_prefixed(prefix: VendorPrefix) -> bool {
    !prefix.is_empty() && !prefix.contains(VendorPrefix::None)
}

/// From above, which is the default under a prefix as well; the printer leaves it out for the side that is the standard's.
fn without_direction(linear: &LinearGradient) -> LinearGradient {
    LinearGradient { direction: LineDirection::Vertical(VerticalPositionKeyword::Bottom), ..linear.clone() }
}

/// Where the colours begin, or the angle: both are what they are under a prefix already.
fn direction(direction: &LineDirection) -> String {
    let horizontal = |side: &HorizontalPositionKeyword| match side {
        HorizontalPositionKeyword::Left => "left",
        HorizontalPositionKeyword::Right => "right",
    };
    let vertical = |side: &VerticalPositionKeyword| match side {
        VerticalPositionKeyword::Top => "top",
        VerticalPositionKeyword::Bottom => "bottom",
    };
    match direction {
        LineDirection::Vertical(VerticalPositionKeyword::Top) => String::new(),
        LineDirection::Vertical(side) => vertical(side).to_owned(),
        LineDirection::Horizontal(side) => horizontal(side).to_owned(),
        LineDirection::Corner { horizontal: x, vertical: y } => format!("{} {}", vertical(y), horizontal(x)),
        LineDirection::Angle(angle) => format!("{}deg", (angle.to_degrees() * 1000.0).round() / 1000.0),
    }
}

fn without_place(radial: &RadialGradient) -> RadialGradient {
    RadialGradient { shape: EndingShape::default(), position: Position::center(), ..radial.clone() }
}

/// Where a radial gradient is, then its shape and size. Lengths at the beginning are a place: who wrote the prefix meant
/// that, but what the printer made of a gradient of the standard has a size there.
fn place(radial: &RadialGradient, standard: &[EndingShape], form: Form) -> Option<String> {
    let comma = form.comma();
    let is_default = radial.shape == EndingShape::default();
    let lengths = if !standard.contains(&radial.shape) {
        None
    } else if let EndingShape::Circle(Circle::Radius(radius)) = &radial.shape {
        let radius = radius.to_css_string(form.options()).ok()?;
        Some(format!("{radius} {radius}"))
    } else if let EndingShape::Ellipse(Ellipse::Size { x, y }) = &radial.shape {
        Some(format!("{} {}", x.to_css_string(form.options()).ok()?, y.to_css_string(form.options()).ok()?))
    } else {
        None
    };
    let is_length = lengths.is_some();
    let size = lengths.or_else(|| radial.shape.to_css_string(form.options()).ok())?;
    let place = radial.position.to_css_string(form.options()).ok()?;
    Some(match (radial.position == Position::center(), is_default) {
        (true, true) => String::new(),
        (true, false) if is_length => format!("center{comma}{size}"),
        (true, false) => size,
        (false, true) => place,
        (false, false) => format!("{place}{comma}{size}"),
    })
}
