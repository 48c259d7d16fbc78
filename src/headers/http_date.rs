//! HTTP-date (RFC 9110 5.6.7): one current format, and two obsolete ones that a recipient must accept.

use crate::headers::cursor::Cursor;
use crate::time::WallTime;

const DAYS: [&[u8]; 7] =
    [b"Sunday", b"Monday", b"Tuesday", b"Wednesday", b"Thursday", b"Friday", b"Saturday"];
const MONTHS: &[u8] = b"JanFebMarAprMayJunJulAugSepOctNovDec";

// The formats after the name of the day: `d`ay, `p`added day, mo`n`th, `y`ear, year of the `c`entury, `h`our, `m`inute,
// `s`econd.
const IMF_FIXDATE: &[u8] = b", d n y h:m:s GMT";
const RFC_850: &[u8] = b", d-n-c h:m:s GMT";
const ASCTIME: &[u8] = b" n p h:m:s y";

/// Reads an HTTP-date in any of its three formats, always as GMT.
///
/// `now` gives the century of the two-digit year of RFC 850. A date that appears to be more than 50 years ahead is of the
/// most recent past year with the same last two digits. The grammar is strict, so that nothing is read as local time.
/// A leap second (`:60`) is the second after. The name of the day must be valid, but need not match the date.
///
/// ```
/// use api_service_client::{headers::http_date, time::WallTime};
///
/// let now = WallTime::from_epoch_secs(1_795_478_400);
/// let expected = Some(WallTime::from_epoch_secs(784_111_777));
/// assert_eq!(http_date::parse("Sun, 06 Nov 1994 08:49:37 GMT", now), expected); // IMF-fixdate
/// assert_eq!(http_date::parse("Sunday, 06-Nov-94 08:49:37 GMT", now), expected); // RFC 850
/// assert_eq!(http_date::parse("Sun Nov  6 08:49:37 1994", now), expected); // asctime
/// assert_eq!(http_date::parse("1994-11-06T08:49:37Z", now), None);
/// ```
#[must_use]
pub fn parse(text: &str, now: WallTime) -> Option<WallTime> {
    let at = &mut Cursor::new(text.as_bytes());
    let name = at.take_while(|byte| byte.is_ascii_alphabetic());
    let form = if DAYS.contains(&name) {
        RFC_850
    } else if !DAYS.iter().any(|day| day.get(..3) == Some(name)) {
        return None;
    } else if at.peek() == Some(b',') {
        IMF_FIXDATE
    } else {
        ASCTIME
    };
    let mut date = Date { year: 0, month: 0, day: 0, second: 0 };
    for part in form {
        match part {
            b'y' => date.year = at.digits(4)?,
            b'c' => date.year = at.digits(2)? + 9_900,
            b'n' => date.month = month(at)?,
            b'p' if at.eat(b' ') => date.day = at.digits(1)?,
            b'd' | b'p' => date.day = at.digits(2)?,
            b'h' => date.second += below(24, at)? * 3_600,
            b'm' => date.second += below(60, at)? * 60,
            // Leap seconds are not known in advance, so any minute may have one.
            b's' => date.second += below(61, at)?,
            literal => at.literal(&[*literal])?,
        }
    }
    while form == RFC_850 && date.year >= 100 && date.years_earlier(50).moment() > now {
        date.year -= 100;
    }
    (at.is_at_end() && date.exists()).then(|| date.moment())
}

fn month(at: &mut Cursor<'_>) -> Option<i64> {
    let name = at.take(3)?;
    let index = MONTHS.chunks_exact(3).position(|month| month == name)?;
    Some(index as i64 + 1)
}

fn below(end: i64, at: &mut Cursor<'_>) -> Option<i64> {
    at.digits(2).filter(|number| *number < end)
}

/// A date of the Gregorian calendar. Months and days count from 1.
struct Date {
    year: i64,
    month: i64,
    day: i64,
    second: i64,
}

impl Date {
    const fn years_earlier(&self, years: i64) -> Date {
        Date { year: self.year - years, ..*self }
    }

    const fn exists(&self) -> bool {
        let next_month = days_before(self.year, self.month + 1, 1);
        self.day >= 1 && days_before(self.year, self.month, self.day) < next_month
    }

    const fn moment(&self) -> WallTime {
        WallTime::from_epoch_secs(days_before(self.year, self.month, self.day) * 86_400 + self.second)
    }
}

/// Returns days since the Unix epoch. The year is taken to start in March, so that the leap day is its last. The
/// thirteenth month is the next January.
const fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1 - 719_468
}
