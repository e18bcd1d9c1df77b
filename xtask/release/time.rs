//! Dates in UTC, from seconds since 1970.

/// Year, month and day of the Gregorian calendar (Howard Hinnant's `civil_from_days`, for days from
/// 1970 on).
fn date(seconds: u64) -> (u64, u64, u64) {
    let days = seconds / 86_400 + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

/// Returns a time as ISO 8601 has it.
pub fn iso(seconds: u64) -> String {
    let (year, month, day) = date(seconds);
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Returns a time as mails and Debian's changelogs have it.
pub fn mail(seconds: u64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let at = |number: u64| usize::try_from(number).unwrap_or(0);
    let (year, month, day) = date(seconds);
    let (weekday, month) = (DAYS[at(seconds / 86_400 % 7)], MONTHS[at(month - 1)]);
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{weekday}, {day:02} {month} {year} {hour:02}:{minute:02}:{second:02} +0000")
}

/// Returns the date and the time as MS-DOS has them. Its calendar begins with 1980.
pub fn of_dos(seconds: u64) -> (u16, u16) {
    let (year, month, day) = date(seconds);
    let date = (year.saturating_sub(1980) << 9) | (month << 5) | day;
    let time = (seconds / 3_600 % 24) << 11 | (seconds / 60 % 60) << 5 | (seconds % 60 / 2);
    let short = |number: u64| u16::try_from(number).unwrap_or(u16::MAX);
    (short(date), short(time))
}

#[cfg(test)]
mod tests {
    use super::{iso, mail, of_dos};

    #[test]
    fn leap_days_and_ends_of_years() {
        assert_eq!(iso(0), "1970-01-01T00:00:00Z");
        assert_eq!(iso(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(iso(1_798_761_599), "2026-12-31T23:59:59Z");
        assert_eq!(mail(951_782_400), "Tue, 29 Feb 2000 00:00:00 +0000");
        assert_eq!(of_dos(951_782_400), (20 * 512 + 2 * 32 + 29, 0));
    }
}
