//! Functions that several formats share.

use crate::kind::rule::certificate::PEM_CERTIFICATES;
use crate::kind::rule::private_key::PEM_PRIVATE_KEY;

/// Returns true if a text is certificates in PEM and nothing else.
pub(super) fn is_certificate(text: &str) -> bool {
    (PEM_CERTIFICATES.check)(text).is_ok()
}

/// Returns true if a text is one private key in PEM.
pub(super) fn is_private_key(text: &str) -> bool {
    (PEM_PRIVATE_KEY.check)(text).is_ok()
}
