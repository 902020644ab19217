//! Functions that several formats share.

use crate::kind::rule::certificate::PEM_CERTIFICATES;
use crate::kind::rule::private_key::PEM_PRIVATE_KEY;
use crate::secret::Secret;

pub(super) use crate::outgoing::pretty;

/// Returns true if a text is certificates in PEM and nothing else.
pub(super) fn is_certificate(text: &Secret) -> bool {
    (PEM_CERTIFICATES.check)(text.expose()).is_ok()
}

/// Returns true if a text is one private key in PEM.
pub(super) fn is_private_key(text: &Secret) -> bool {
    (PEM_PRIVATE_KEY.check)(text.expose()).is_ok()
}
