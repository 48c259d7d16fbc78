//! The keys that clients are told apart by.

use crate::patch::{only, said};

#[test]
fn a_key_that_is_too_short_is_found() {
    assert_eq!(
        only("ApiKey", "Enabled: true", "Enabled: true\n      Value: abcde"),
        "ApiKey.Properties.Value: abcde: a key has 20 to 128 characters; without a Value API Gateway makes one [api-key-value]"
    );
    assert_eq!(said("ApiKey", "Enabled: true", "Enabled: true\n      Value: abcdefghijklmnopqrst"), [""; 0]);
}

#[test]
fn a_key_that_is_not_enabled_is_found() {
    assert_eq!(
        only("ApiKey", "      Enabled: true", ""),
        "ApiKey: needs Enabled: true; a key is disabled where nothing else is said [api-key-enabled]"
    );
    assert_eq!(
        only("ApiKey", "Enabled: true", "Enabled: false"),
        "ApiKey.Properties.Enabled: false: a key that is disabled is answered with 403 [api-key-enabled]"
    );
}
