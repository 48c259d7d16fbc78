//! HTTP-date, RFC 9110 5.6.7.

use std::time::{Duration, UNIX_EPOCH};

use api_service_client::headers::http_date::parse;
use api_service_client::time::WallTime;
use proptest::prelude::*;

use super::given::now;

/// Sun, 06 Nov 1994 08:49:37 GMT, the RFC's example.
const EXAMPLE: WallTime = WallTime::from_epoch_secs(784_111_777);

fn read(text: &str) -> Option<WallTime> {
    parse(text, now())
}

fn read_in(year: i64, text: &str) -> Option<WallTime> {
    parse(text, parse(&format!("Sat, 01 Jan {year} 00:00:00 GMT"), now()).unwrap())
}

#[test]
fn all_three_forms_of_the_rfc_name_the_same_moment() {
    assert_eq!(read("Sun, 06 Nov 1994 08:49:37 GMT"), Some(EXAMPLE));
    assert_eq!(read("Sunday, 06-Nov-94 08:49:37 GMT"), Some(EXAMPLE));
    assert_eq!(read("Sun Nov  6 08:49:37 1994"), Some(EXAMPLE));
}

#[test]
fn the_example_of_retry_after_is_the_last_second_of_1999() {
    assert_eq!(read("Fri, 31 Dec 1999 23:59:59 GMT"), Some(WallTime::from_epoch_secs(946_684_799)));
}

#[test]
fn a_date_before_the_epoch_is_before_the_epoch() {
    assert_eq!(read("Wed, 31 Dec 1969 23:59:59 GMT"), Some(WallTime::from_epoch_secs(-1)));
    assert_eq!(read("Mon, 01 Jan 1900 00:00:00 GMT"), Some(WallTime::from_epoch_secs(-2_208_988_800)));
}

#[test]
fn a_leap_second_is_the_first_second_of_the_next_minute() {
    assert_eq!(read("Sat, 31 Dec 2016 23:59:60 GMT"), read("Sun, 01 Jan 2017 00:00:00 GMT"));
    assert_eq!(read("Sat Dec 31 23:59:60 2016"), read("Sun, 01 Jan 2017 00:00:00 GMT"));
}

#[test]
fn a_leap_day_exists_in_leap_years_only() {
    assert!(read("Thu, 29 Feb 2024 00:00:00 GMT").is_some());
    assert!(read("Tue, 29 Feb 2000 00:00:00 GMT").is_some());
    assert_eq!(read("Sat, 29 Feb 2025 00:00:00 GMT"), None);
    assert_eq!(read("Mon, 29 Feb 2100 00:00:00 GMT"), None);
}

#[test]
fn two_digits_of_a_year_are_at_most_fifty_years_ahead() {
    assert_eq!(read_in(2026, "Friday, 01-Jan-27 00:00:00 GMT"), read("Fri, 01 Jan 2027 00:00:00 GMT"));
    assert_eq!(read_in(2026, "Saturday, 01-Jan-76 00:00:00 GMT"), read("Wed, 01 Jan 2076 00:00:00 GMT"));
    assert_eq!(read_in(2026, "Saturday, 01-Jan-76 00:00:01 GMT"), read("Thu, 01 Jan 1976 00:00:01 GMT"));
    assert_eq!(read_in(2026, "Friday, 31-Dec-99 23:59:59 GMT"), read("Fri, 31 Dec 1999 23:59:59 GMT"));
}

#[test]
fn two_digits_of_a_year_are_read_in_the_century_of_the_clock() {
    assert_eq!(read_in(1994, "Sunday, 06-Nov-94 08:49:37 GMT"), Some(EXAMPLE));
    assert_eq!(read_in(2094, "Saturday, 06-Nov-94 08:49:37 GMT"), read("Sat, 06 Nov 2094 08:49:37 GMT"));
    assert_eq!(read_in(2099, "Friday, 01-Jan-00 00:00:00 GMT"), read("Fri, 01 Jan 2100 00:00:00 GMT"));
}

#[test]
fn a_wrong_name_of_the_day_does_not_spoil_the_date() {
    assert_eq!(read("Mon, 06 Nov 1994 08:49:37 GMT"), Some(EXAMPLE));
}

#[test]
fn what_is_not_in_the_grammar_is_no_date() {
    for text in [
        "",
        " ",
        "Sun",
        "Sun,",
        "Sun, 06 Nov 1994",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 gmt",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 06 Nov 1994 10:49:37 GMT+2",
        "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
        " Sun, 06 Nov 1994 08:49:37 GMT",
        "sun, 06 nov 1994 08:49:37 GMT",
        "Funday, 06-Nov-94 08:49:37 GMT",
        "Son, 06 Nov 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06-Nov-1994 08:49:37 GMT",
        "Sun, 06-Nov-94 08:49:37 GMT",
        "Sunday, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sunday Nov  6 08:49:37 1994",
        "Sun Nov 6 08:49:37 1994",
        "Sun Nov  6 08:49:37 1994 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT",
        "Sun, 32 Dec 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:00 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, -6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:٣٧ GMT",
        "06 Nov 1994 08:49:37 GMT",
        "1994-11-06T08:49:37Z",
        "2021-02-16T09:02Z",
        "Tue Feb 16 2021 09:02:42 GMT+0100 (Central European Standard Time)",
        "784111777",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

/// The same date in the other two forms.
fn rewritten(imf_fixdate: &str) -> (String, String) {
    let parts: Vec<&str> = imf_fixdate.split([' ', ',']).filter(|part| !part.is_empty()).collect();
    let [name, day, month, year, time, _] = parts[..] else { panic!("{imf_fixdate}") };
    let long_name = match name {
        "Tue" => "Tuesday".to_owned(),
        "Wed" => "Wednesday".to_owned(),
        "Thu" => "Thursday".to_owned(),
        "Sat" => "Saturday".to_owned(),
        name => format!("{name}day"),
    };
    let padded_day = day.strip_prefix('0').map_or(day.to_owned(), |digit| format!(" {digit}"));
    let rfc_850 = format!("{long_name}, {day}-{month}-{} {time} GMT", &year[2..]);
    (rfc_850, format!("{name} {month} {padded_day} {time} {year}"))
}

const SECS_OF_A_YEAR: u64 = 31_556_952;

proptest! {
    #[test]
    fn every_second_until_the_year_9999_survives_a_round_trip(secs in 0..8_029 * SECS_OF_A_YEAR) {
        let text = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(secs));
        let expected = Some(WallTime::from_epoch_secs(secs as i64));
        prop_assert_eq!(read(&text), expected);
        prop_assert_eq!(read(&rewritten(&text).1), expected);
    }

    #[test]
    fn every_second_less_than_fifty_years_away_survives_a_round_trip_with_two_digits(
        now in 50 * SECS_OF_A_YEAR..7_900 * SECS_OF_A_YEAR,
        years in -49_i64..=48,
        rest in 0..SECS_OF_A_YEAR,
    ) {
        let secs = now.checked_add_signed(years * SECS_OF_A_YEAR as i64).unwrap() + rest;
        let text = rewritten(&httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(secs))).0;
        let read = parse(&text, WallTime::from_epoch_secs(now as i64));
        prop_assert_eq!(read, Some(WallTime::from_epoch_secs(secs as i64)));
    }

    #[test]
    fn what_the_httpdate_crate_understands_of_a_damaged_date_means_the_same_here(
        secs in 0..8_029 * SECS_OF_A_YEAR,
        position in 0_usize..29,
        byte in prop::sample::select(&b"0123456789 ,:-GJanFebSu"[..]),
    ) {
        let mut bytes = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(secs)).into_bytes();
        bytes[position] = byte;
        let text = String::from_utf8(bytes).unwrap();
        if let Ok(date) = httpdate::parse_http_date(&text) {
            let secs = date.duration_since(UNIX_EPOCH).unwrap().as_secs();
            prop_assert_eq!(read(&text), Some(WallTime::from_epoch_secs(secs as i64)));
        }
    }
}
