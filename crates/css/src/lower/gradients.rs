//! Prints gradients under vendor prefixes. They are older than the standard and count differently:
//! a direction names where the colours begin, angles turn the other way, and a radial gradient
//! states its place before its size. The printer knows the prefixes, and then writes angles,
//! defaults and places as the standard has them. So each of these gradients is replaced by a
//! stand-in, and its own text is put in once the rest is printed.

use lightningcss::{
    properties::Property,
    rules::CssRuleList,
    traits::ToCss,
    values::{
        angle::Angle,
        gradient::{
            Circle, Ellipse, EndingShape, Gradient, LineDirection, LinearGradient, RadialGradient,
        },
        image::Image,
        position::{HorizontalPositionKeyword, Position, VerticalPositionKeyword},
    },
    vendor_prefix::VendorPrefix,
};

use super::{
    blocks,
    hidden_texts::{Form, HiddenTexts},
};

/// Replaces gradients under prefixes by stand-ins, and adds their texts.
pub(super) fn put_aside(rules: &mut CssRuleList<'_>, form: Form, texts: &mut HiddenTexts) {
    blocks::each(rules, &mut |declarations| {
        let standard = standard(declarations);
        for property in declarations {
            for image in images(property) {
                let Image::Gradient(gradient) = &*image else { continue };
                let Some(text) = text(gradient, &standard, form) else { continue };
                *image = Image::Url(texts.as_url(text));
            }
        }
    });
}

/// Replaces directions that an author wrote under a prefix by angles that no author writes. The
/// printer makes a `-webkit-gradient()` of every direction it knows as if it were one of the
/// standard: the wrong way round.
pub(super) fn keep_directions(rules: &mut CssRuleList<'_>) {
    blocks::each(rules, &mut |declarations| {
        for image in declarations.iter_mut().flat_map(images) {
            let Image::Gradient(gradient) = image else { continue };
            let (Gradient::Linear(linear) | Gradient::RepeatingLinear(linear)) = &mut **gradient
            else {
                continue;
            };
            if !is_prefixed(linear.vendor_prefix) {
                continue;
            }
            if let Some(number) = DIRECTIONS.iter().position(|known| *known == linear.direction) {
                linear.direction = stand_in(number);
            }
        }
    });
}

/// Directions that the printer would reverse. The number of a stand-in is an index.
const DIRECTIONS: [LineDirection; 12] = {
    use HorizontalPositionKeyword::{Left, Right};
    use LineDirection::{Corner, Horizontal, Vertical};
    use VerticalPositionKeyword::{Bottom, Top};
    [
        Horizontal(Left),
        Horizontal(Right),
        Vertical(Top),
        Vertical(Bottom),
        Corner { horizontal: Left, vertical: Top },
        Corner { horizontal: Left, vertical: Bottom },
        Corner { horizontal: Right, vertical: Top },
        Corner { horizontal: Right, vertical: Bottom },
        LineDirection::Angle(Angle::Deg(0.0)),
        LineDirection::Angle(Angle::Deg(90.0)),
        LineDirection::Angle(Angle::Deg(180.0)),
        LineDirection::Angle(Angle::Deg(270.0)),
    ]
};

/// More turns than any author writes; the angles of stand-ins are larger.
const TURNS: f32 = 70_000.0;

fn stand_in(number: usize) -> LineDirection {
    LineDirection::Angle(Angle::Turn(
        TURNS + f32::from(u8::try_from(number).unwrap_or(u8::MAX)) + 0.125,
    ))
}

/// Returns the direction that a stand-in replaces, or the direction itself.
fn without_stand_in(direction: &LineDirection) -> &LineDirection {
    let number = (0..DIRECTIONS.len()).find(|number| stand_in(*number) == *direction);
    number.map_or(direction, |number| &DIRECTIONS[number])
}

/// Returns the images of a property.
fn images<'p, 'i>(property: &'p mut Property<'i>) -> Vec<&'p mut Image<'i>> {
    if let Property::Background(layers) = property {
        layers.iter_mut().map(|layer| &mut layer.image).collect()
    } else if let Property::BackgroundImage(images) | Property::MaskImage(images, _) = property {
        images.iter_mut().collect()
    } else if let Property::Mask(layers, _) = property {
        layers.iter_mut().map(|layer| &mut layer.image).collect()
    } else if let Property::BorderImage(border, _) | Property::WebKitMaskBoxImage(border, _) =
        property
    {
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

/// Returns the shapes of the standard radial gradients in a block. A prefixed gradient with one of
/// these shapes was made from that gradient.
fn standard(declarations: &mut [Property<'_>]) -> Vec<EndingShape> {
    let images = declarations.iter_mut().flat_map(images);
    let shapes = images.filter_map(|image| {
        let Image::Gradient(gradient) = image else { return None };
        let (Gradient::Radial(radial) | Gradient::RepeatingRadial(radial)) = &**gradient else {
            return None;
        };
        (!is_prefixed(radial.vendor_prefix)).then(|| radial.shape.clone())
    });
    shapes.collect()
}

/// Returns the text of a gradient under a prefix, as browsers with that prefix read it. `None`: it
/// has no prefix.
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

/// Returns the gradient with the direction that the printer leaves out: down, which is the default
/// under a prefix too.
fn without_direction(linear: &LinearGradient) -> LinearGradient {
    LinearGradient {
        direction: LineDirection::Vertical(VerticalPositionKeyword::Bottom),
        ..linear.clone()
    }
}

/// Returns where the colours begin, or the angle. Both are already those under a prefix.
fn direction(direction: &LineDirection) -> String {
    let direction = without_stand_in(direction);
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
        LineDirection::Corner { horizontal: x, vertical: y } => {
            format!("{} {}", vertical(y), horizontal(x))
        }
        LineDirection::Angle(angle) => {
            format!("{}deg", (angle.to_degrees() * 1000.0).round() / 1000.0)
        }
    }
}

fn without_place(radial: &RadialGradient) -> RadialGradient {
    RadialGradient { shape: EndingShape::default(), position: Position::center(), ..radial.clone() }
}

/// Returns where a radial gradient is, then its shape and size. Browsers read lengths at the
/// beginning as a place. Authors who wrote the prefix meant that, but if the gradient was made from
/// a standard one, the lengths are a size.
fn place(radial: &RadialGradient, standard: &[EndingShape], form: Form) -> Option<String> {
    let comma = form.comma();
    let is_default = radial.shape == EndingShape::default();
    let lengths = if !standard.contains(&radial.shape) {
        None
    } else if let EndingShape::Circle(Circle::Radius(radius)) = &radial.shape {
        let radius = radius.to_css_string(form.options()).ok()?;
        Some(format!("{radius} {radius}"))
    } else if let EndingShape::Ellipse(Ellipse::Size { x, y }) = &radial.shape {
        Some(format!(
            "{} {}",
            x.to_css_string(form.options()).ok()?,
            y.to_css_string(form.options()).ok()?
        ))
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
