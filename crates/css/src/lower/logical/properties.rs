//! The physical properties of logical ones, in horizontal text, and the browsers that lack them.
//! Variables are read as values of one side only: in a shorthand they may be one value or two.

use lightningcss::{
    properties::{
        Property, PropertyId,
        border::GenericBorder,
        custom::{Token, TokenList, TokenOrValue, UnparsedProperty},
    },
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

    /// Returns a property that a browser has if it has the directional ones of the group.
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
pub(super) enum DependsOn {
    /// As text is horizontal: `margin-block-start`, `inline-size`
    Nothing,
    /// Of the text: `margin-inline-start`
    Direction,
}

/// The physical property of a logical one.
pub(super) struct Physical<'i> {
    pub group: Group,
    pub depends_on: DependsOn,
    pub property: Property<'i>,
}

/// Returns the properties that a shorthand sets, each of one side, and whether all have the same
/// value. `None`: it is not a logical shorthand, or its value is not known, as with variables.
pub(super) fn longhands<'i>(property: &Property<'i>) -> Option<(Vec<Property<'i>>, bool)> {
    macro_rules! pairs {
        ($($shorthand:ident($start:ident: $first:ident, $end:ident: $second:ident),)*) => {
            match property {
                $(Property::Unparsed(UnparsedProperty {
                    property_id: PropertyId::$shorthand,
                    value,
                }) if is_keyword(value) => Some((
                    [PropertyId::$first, PropertyId::$second]
                        .map(|property_id| {
                            let value = value.clone();
                            Property::Unparsed(UnparsedProperty { property_id, value })
                        })
                        .to_vec(),
                    true,
                )),)*
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

/// Calls a macro with the logical properties of one side: their group, whether the direction of the
/// text decides, and the physical property from left to right and from right to left.
macro_rules! sides {
    ($then:ident) => {
        $then! {
            Sizes, Nothing: InlineSize => Width / Width,
            Sizes, Nothing: BlockSize => Height / Height,
            Sizes, Nothing: MinInlineSize => MinWidth / MinWidth,
            Sizes, Nothing: MinBlockSize => MinHeight / MinHeight,
            Sizes, Nothing: MaxInlineSize => MaxWidth / MaxWidth,
            Sizes, Nothing: MaxBlockSize => MaxHeight / MaxHeight,
            Sides, Nothing: MarginBlockStart => MarginTop / MarginTop,
            Sides, Nothing: MarginBlockEnd => MarginBottom / MarginBottom,
            Sides, Direction: MarginInlineStart => MarginLeft / MarginRight,
            Sides, Direction: MarginInlineEnd => MarginRight / MarginLeft,
            Sides, Nothing: PaddingBlockStart => PaddingTop / PaddingTop,
            Sides, Nothing: PaddingBlockEnd => PaddingBottom / PaddingBottom,
            Sides, Direction: PaddingInlineStart => PaddingLeft / PaddingRight,
            Sides, Direction: PaddingInlineEnd => PaddingRight / PaddingLeft,
            Shorthands, Nothing: InsetBlockStart => Top / Top,
            Shorthands, Nothing: InsetBlockEnd => Bottom / Bottom,
            Shorthands, Direction: InsetInlineStart => Left / Right,
            Shorthands, Direction: InsetInlineEnd => Right / Left,
            Sides, Nothing: BorderBlockStartColor => BorderTopColor / BorderTopColor,
            Sides, Nothing: BorderBlockEndColor => BorderBottomColor / BorderBottomColor,
            Sides, Direction: BorderInlineStartColor => BorderLeftColor / BorderRightColor,
            Sides, Direction: BorderInlineEndColor => BorderRightColor / BorderLeftColor,
            Sides, Nothing: BorderBlockStartStyle => BorderTopStyle / BorderTopStyle,
            Sides, Nothing: BorderBlockEndStyle => BorderBottomStyle / BorderBottomStyle,
            Sides, Direction: BorderInlineStartStyle => BorderLeftStyle / BorderRightStyle,
            Sides, Direction: BorderInlineEndStyle => BorderRightStyle / BorderLeftStyle,
            Sides, Nothing: BorderBlockStartWidth => BorderTopWidth / BorderTopWidth,
            Sides, Nothing: BorderBlockEndWidth => BorderBottomWidth / BorderBottomWidth,
            Sides, Direction: BorderInlineStartWidth => BorderLeftWidth / BorderRightWidth,
            Sides, Direction: BorderInlineEndWidth => BorderRightWidth / BorderLeftWidth,
        }
    };
}

/// Returns the physical property for a logical one of one side. `None`: it is not such a property.
pub(super) fn physical<'i>(property: &Property<'i>, direction: Direction) -> Option<Physical<'i>> {
    let is_ltr = direction == Direction::LeftToRight;
    if let Property::Unparsed(UnparsedProperty { property_id, value }) = property {
        let (group, depends_on, property_id) = physical_id(property_id, direction)?;
        let value = value.clone();
        let property = Property::Unparsed(UnparsedProperty { property_id, value });
        return Some(Physical { group, depends_on, property });
    }
    macro_rules! by_value {
        ($($group:ident, $depends:ident: $logical:ident => $ltr:ident / $rtl:ident,)*) => {
            match property {
                $(Property::$logical(value) => {
                    let value = value.clone();
                    let property =
                        if is_ltr { Property::$ltr(value) } else { Property::$rtl(value) };
                    let (group, depends_on) = (Group::$group, DependsOn::$depends);
                    Some(Physical { group, depends_on, property })
                })*
                _ => None,
            }
        };
    }
    border(property, is_ltr).or_else(|| radius(property, is_ltr)).or_else(|| sides!(by_value))
}

/// Returns the name of the physical property of a logical one of one side.
pub(super) fn physical_id<'i>(
    id: &PropertyId<'_>,
    direction: Direction,
) -> Option<(Group, DependsOn, PropertyId<'i>)> {
    const NONE: VendorPrefix = VendorPrefix::None;
    let is_ltr = direction == Direction::LeftToRight;
    macro_rules! by_id {
        ($($group:ident, $depends:ident: $logical:ident => $ltr:ident / $rtl:ident,)*) => {
            match id {
                $(PropertyId::$logical => Some((
                    Group::$group,
                    DependsOn::$depends,
                    if is_ltr { PropertyId::$ltr } else { PropertyId::$rtl },
                )),)*
                _ => None,
            }
        };
    }
    let side =
        |depends_on, ltr, rtl| Some((Group::Sides, depends_on, if is_ltr { ltr } else { rtl }));
    let corner =
        |ltr, rtl| Some((Group::Radii, DependsOn::Direction, if is_ltr { ltr } else { rtl }));
    let (left, right) = (|| PropertyId::BorderLeft, || PropertyId::BorderRight);
    let top = [PropertyId::BorderTopLeftRadius(NONE), PropertyId::BorderTopRightRadius(NONE)];
    let bottom =
        [PropertyId::BorderBottomLeftRadius(NONE), PropertyId::BorderBottomRightRadius(NONE)];
    let ([top_left, top_right], [bottom_left, bottom_right]) = (top, bottom);
    if *id == PropertyId::BorderBlockStart {
        side(DependsOn::Nothing, PropertyId::BorderTop, PropertyId::BorderTop)
    } else if *id == PropertyId::BorderBlockEnd {
        side(DependsOn::Nothing, PropertyId::BorderBottom, PropertyId::BorderBottom)
    } else if *id == PropertyId::BorderInlineStart {
        side(DependsOn::Direction, left(), right())
    } else if *id == PropertyId::BorderInlineEnd {
        side(DependsOn::Direction, right(), left())
    } else if *id == PropertyId::BorderStartStartRadius {
        corner(top_left, top_right)
    } else if *id == PropertyId::BorderStartEndRadius {
        corner(top_right, top_left)
    } else if *id == PropertyId::BorderEndStartRadius {
        corner(bottom_left, bottom_right)
    } else if *id == PropertyId::BorderEndEndRadius {
        corner(bottom_right, bottom_left)
    } else {
        sides!(by_id)
    }
}

/// `border-inline-start` and the like: each side has a type of its own.
fn border<'i>(property: &Property<'i>, is_ltr: bool) -> Option<Physical<'i>> {
    let (depends_on, property) = if let Property::BorderBlockStart(border) = property {
        (DependsOn::Nothing, Property::BorderTop(side(border)))
    } else if let Property::BorderBlockEnd(border) = property {
        (DependsOn::Nothing, Property::BorderBottom(side(border)))
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
        (DependsOn::Direction, property)
    };
    Some(Physical { group: Group::Sides, depends_on, property })
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
    Some(Physical { group: Group::Radii, depends_on: DependsOn::Direction, property })
}

/// Whether a value is a keyword that every property has.
fn is_keyword(value: &TokenList<'_>) -> bool {
    let [TokenOrValue::Token(Token::Ident(word))] = value.0.as_slice() else { return false };
    ["inherit", "initial", "unset", "revert", "revert-layer"]
        .iter()
        .any(|keyword| word.eq_ignore_ascii_case(keyword))
}
