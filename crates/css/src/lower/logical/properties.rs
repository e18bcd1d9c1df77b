//! The physical properties of logical ones, in horizontal text, and the browsers that lack them.
//! Variables are read as values of one side only: of a shorthand they may be one value or two.

use lightningcss::{
    properties::{Property, PropertyId, border::GenericBorder, custom::UnparsedProperty},
    vendor_prefix::VendorPrefix,
};

use super::super::targets::{NO, Since};

/// The direction of text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

/// Logical properties that browsers have since the same versions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Group {
    /// `inline-size`, `max-block-size`
    Sizes,
    /// `margin-inline-start`, `border-block-end-color`
    Sides,
    /// `margin-inline`, `inset`, and `inset-inline-start`, which is as new
    Shorthands,
    /// `border-start-end-radius`
    Radii,
}

impl Group {
    pub(super) const ALL: [Self; 4] = [Self::Sizes, Self::Sides, Self::Shorthands, Self::Radii];

    /// Returns the first versions of browsers that have the group, from MDN's browser-compat-data.
    pub(super) const fn since(self) -> Since {
        // Chrome, Edge, Firefox, IE, Safari of iOS, Opera, Safari, Android's, Samsung's
        match self {
            Self::Sizes => [570, 790, 410, NO, 122, 440, 121, 570, 70],
            Self::Sides => [690, 790, 410, NO, 122, 560, 121, 690, 100],
            Self::Shorthands => [870, 870, 660, NO, 145, 730, 141, 870, 140],
            Self::Radii => [890, 890, 660, NO, 150, 750, 150, 890, 150],
        }
    }

    /// Returns a property that tells whether a browser has the directional ones of the group.
    pub(super) fn example<'i>(self) -> PropertyId<'i> {
        match self {
            Self::Sizes => PropertyId::InlineSize,
            Self::Sides => PropertyId::MarginInlineStart,
            Self::Shorthands => PropertyId::InsetInlineStart,
            Self::Radii => PropertyId::BorderStartStartRadius,
        }
    }
}

/// What a property depends on besides its value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Axis {
    /// Nothing, in horizontal text: `margin-block-start`, `inline-size`
    Block,
    /// The direction of the text: `margin-inline-start`
    Inline,
}

/// The physical property of a logical one.
pub(super) struct Physical<'i> {
    pub group: Group,
    pub axis: Axis,
    pub property: Property<'i>,
}

/// Returns the properties that a shorthand sets, each of one side, and whether all have the same
/// value. `None`: it is no logical shorthand, or its value has a variable.
pub(super) fn longhands<'i>(property: &Property<'i>) -> Option<(Vec<Property<'i>>, bool)> {
    macro_rules! pairs {
        ($($shorthand:ident($start:ident: $first:ident, $end:ident: $second:ident),)*) => {
            match property {
                $(Property::$shorthand(both) => Some((
                    vec![
                        Property::$first(both.$start.clone()),
                        Property::$second(both.$end.clone()),
                    ],
                    both.$start == both.$end,
                )),)*
                _ => None,
            }
        };
    }
    macro_rules! borders {
        ($all:expr, $first:ident, $second:ident) => {
            Some((vec![Property::$first(side($all)), Property::$second(side($all))], true))
        };
    }
    if let Property::BorderBlock(all) = property {
        return borders!(all, BorderBlockStart, BorderBlockEnd);
    } else if let Property::BorderInline(all) = property {
        return borders!(all, BorderInlineStart, BorderInlineEnd);
    } else if let Property::Inset(inset) = property {
        let sides = vec![
            Property::Top(inset.top.clone()),
            Property::Bottom(inset.bottom.clone()),
            Property::Left(inset.left.clone()),
            Property::Right(inset.right.clone()),
        ];
        return Some((sides, false));
    }
    pairs! {
        MarginBlock(block_start: MarginBlockStart, block_end: MarginBlockEnd),
        MarginInline(inline_start: MarginInlineStart, inline_end: MarginInlineEnd),
        PaddingBlock(block_start: PaddingBlockStart, block_end: PaddingBlockEnd),
        PaddingInline(inline_start: PaddingInlineStart, inline_end: PaddingInlineEnd),
        InsetBlock(block_start: InsetBlockStart, block_end: InsetBlockEnd),
        InsetInline(inline_start: InsetInlineStart, inline_end: InsetInlineEnd),
        BorderBlockColor(start: BorderBlockStartColor, end: BorderBlockEndColor),
        BorderBlockStyle(start: BorderBlockStartStyle, end: BorderBlockEndStyle),
        BorderBlockWidth(start: BorderBlockStartWidth, end: BorderBlockEndWidth),
        BorderInlineColor(start: BorderInlineStartColor, end: BorderInlineEndColor),
        BorderInlineStyle(start: BorderInlineStartStyle, end: BorderInlineEndStyle),
        BorderInlineWidth(start: BorderInlineStartWidth, end: BorderInlineEndWidth),
    }
}

/// Returns the physical property of a logical one of one side. `None`: it is no such property.
pub(super) fn physical<'i>(property: &Property<'i>, direction: Direction) -> Option<Physical<'i>> {
    let is_ltr = direction == Direction::LeftToRight;
    macro_rules! same_type {
        ($($group:ident, $axis:ident: $logical:ident => $ltr:ident / $rtl:ident,)*) => {
            match property {
                $(Property::$logical(value) => {
                    let value = value.clone();
                    let property =
                        if is_ltr { Property::$ltr(value) } else { Property::$rtl(value) };
                    Some(Physical { group: Group::$group, axis: Axis::$axis, property })
                })*
                $(Property::Unparsed(UnparsedProperty {
                    property_id: PropertyId::$logical,
                    value,
                }) => {
                    let property_id = if is_ltr { PropertyId::$ltr } else { PropertyId::$rtl };
                    let value = value.clone();
                    let property = Property::Unparsed(UnparsedProperty { property_id, value });
                    Some(Physical { group: Group::$group, axis: Axis::$axis, property })
                })*
                _ => None,
            }
        };
    }
    border(property, is_ltr).or_else(|| radius(property, is_ltr)).or_else(|| {
        same_type! {
            Sizes, Block: InlineSize => Width / Width,
            Sizes, Block: BlockSize => Height / Height,
            Sizes, Block: MinInlineSize => MinWidth / MinWidth,
            Sizes, Block: MinBlockSize => MinHeight / MinHeight,
            Sizes, Block: MaxInlineSize => MaxWidth / MaxWidth,
            Sizes, Block: MaxBlockSize => MaxHeight / MaxHeight,
            Sides, Block: MarginBlockStart => MarginTop / MarginTop,
            Sides, Block: MarginBlockEnd => MarginBottom / MarginBottom,
            Sides, Inline: MarginInlineStart => MarginLeft / MarginRight,
            Sides, Inline: MarginInlineEnd => MarginRight / MarginLeft,
            Sides, Block: PaddingBlockStart => PaddingTop / PaddingTop,
            Sides, Block: PaddingBlockEnd => PaddingBottom / PaddingBottom,
            Sides, Inline: PaddingInlineStart => PaddingLeft / PaddingRight,
            Sides, Inline: PaddingInlineEnd => PaddingRight / PaddingLeft,
            Shorthands, Block: InsetBlockStart => Top / Top,
            Shorthands, Block: InsetBlockEnd => Bottom / Bottom,
            Shorthands, Inline: InsetInlineStart => Left / Right,
            Shorthands, Inline: InsetInlineEnd => Right / Left,
            Sides, Block: BorderBlockStartColor => BorderTopColor / BorderTopColor,
            Sides, Block: BorderBlockEndColor => BorderBottomColor / BorderBottomColor,
            Sides, Inline: BorderInlineStartColor => BorderLeftColor / BorderRightColor,
            Sides, Inline: BorderInlineEndColor => BorderRightColor / BorderLeftColor,
            Sides, Block: BorderBlockStartStyle => BorderTopStyle / BorderTopStyle,
            Sides, Block: BorderBlockEndStyle => BorderBottomStyle / BorderBottomStyle,
            Sides, Inline: BorderInlineStartStyle => BorderLeftStyle / BorderRightStyle,
            Sides, Inline: BorderInlineEndStyle => BorderRightStyle / BorderLeftStyle,
            Sides, Block: BorderBlockStartWidth => BorderTopWidth / BorderTopWidth,
            Sides, Block: BorderBlockEndWidth => BorderBottomWidth / BorderBottomWidth,
            Sides, Inline: BorderInlineStartWidth => BorderLeftWidth / BorderRightWidth,
            Sides, Inline: BorderInlineEndWidth => BorderRightWidth / BorderLeftWidth,
        }
    })
}

/// `border-inline-start` and the like, of which each side has a type of its own.
fn border<'i>(property: &Property<'i>, is_ltr: bool) -> Option<Physical<'i>> {
    let (axis, property) = if let Property::BorderBlockStart(border) = property {
        (Axis::Block, Property::BorderTop(side(border)))
    } else if let Property::BorderBlockEnd(border) = property {
        (Axis::Block, Property::BorderBottom(side(border)))
    } else {
        let (border, is_start) = if let Property::BorderInlineStart(border) = property {
            (side(border), true)
        } else if let Property::BorderInlineEnd(border) = property {
            (side(border), false)
        } else {
            return None;
        };
        let property = if is_start == is_ltr {
            Property::BorderLeft(border)
        } else {
            Property::BorderRight(side(&border))
        };
        (Axis::Inline, property)
    };
    Some(Physical { group: Group::Sides, axis, property })
}

/// Returns the border of another side.
fn side<S: Clone, const FROM: u8, const TO: u8>(
    border: &GenericBorder<S, FROM>,
) -> GenericBorder<S, TO> {
    let GenericBorder { width, style, color } = border.clone();
    GenericBorder { width, style, color }
}

fn radius<'i>(property: &Property<'i>, is_ltr: bool) -> Option<Physical<'i>> {
    const NONE: VendorPrefix = VendorPrefix::None;
    let (value, is_top, is_start) = if let Property::BorderStartStartRadius(value) = property {
        (value, true, true)
    } else if let Property::BorderStartEndRadius(value) = property {
        (value, true, false)
    } else if let Property::BorderEndStartRadius(value) = property {
        (value, false, true)
    } else if let Property::BorderEndEndRadius(value) = property {
        (value, false, false)
    } else {
        return None;
    };
    let value = value.clone();
    let property = match (is_top, is_start == is_ltr) {
        (true, true) => Property::BorderTopLeftRadius(value, NONE),
        (true, false) => Property::BorderTopRightRadius(value, NONE),
        (false, true) => Property::BorderBottomLeftRadius(value, NONE),
        (false, false) => Property::BorderBottomRightRadius(value, NONE),
    };
    Some(Physical { group: Group::Radii, axis: Axis::Inline, property })
}
