//! Operators on numbers whose values are known.

use swc_ecma_ast::BinaryOp;

/// Returns the result of a binary operator on two numbers; `None` if the result is not a number, or
/// the operator is `**`, whose last digit depends on the engine.
pub(crate) fn of_numbers(op: BinaryOp, left: f64, right: f64) -> Option<f64> {
    let (a, b) = (to_int32(left), to_int32(right));
    let (bits, count) = (a.cast_unsigned(), b.cast_unsigned() & 31);
    Some(match op {
        BinaryOp::Add => left + right,
        BinaryOp::Sub => left - right,
        BinaryOp::Mul => left * right,
        BinaryOp::Div => left / right,
        BinaryOp::Mod => left % right,
        BinaryOp::BitAnd => (a & b).into(),
        BinaryOp::BitOr => (a | b).into(),
        BinaryOp::BitXor => (a ^ b).into(),
        BinaryOp::LShift => (bits << count).cast_signed().into(),
        BinaryOp::RShift => (a >> count).into(),
        BinaryOp::ZeroFillRShift => (bits >> count).into(),
        _ => return None,
    })
}

/// ECMAScript's `ToInt32`.
pub(crate) fn to_int32(value: f64) -> i32 {
    const RANGE: f64 = 4_294_967_296.0;
    if !value.is_finite() {
        return 0;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is in range")]
    let bits = value.trunc().rem_euclid(RANGE) as u32;
    bits.cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_wrap_at_32_bits() {
        let cases = [
            (0.0, 0),
            (-1.0, -1),
            (2_147_483_648.0, -2_147_483_648),
            (4_294_967_297.5, 1),
            (-4_294_967_297.5, -1),
            (f64::NAN, 0),
            (f64::INFINITY, 0),
        ];
        for (value, expected) in cases {
            assert_eq!(to_int32(value), expected, "{value}");
        }
        assert_eq!(of_numbers(BinaryOp::LShift, 1.0, 31.0), Some(-2_147_483_648.0));
        assert_eq!(of_numbers(BinaryOp::ZeroFillRShift, -1.0, 0.0), Some(4_294_967_295.0));
        assert_eq!(of_numbers(BinaryOp::Exp, 2.0, 2.0), None);
    }
}
