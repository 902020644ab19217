//! Functions that several formats share.

use zeroize::Zeroizing;

use crate::kind::rule::certificate::PEM_CERTIFICATES;
use crate::kind::rule::private_key::PEM_PRIVATE_KEY;
use crate::secret::{Buffer, Secret};
use crate::value::{Object, Value, json};

/// Writes indented JSON, as people and programs read it.
pub(super) fn pretty(value: &Value) -> Zeroizing<Vec<u8>> {
    let mut out = Buffer::with_capacity(4096);
    // writing to memory does not fail
    let _ = json::write_pretty(value, &mut out);
    let _ = std::io::Write::write_all(&mut out, b"\n");
    out.into_bytes()
}

/// Writes bodies as a list.
pub(super) fn list(bodies: Vec<Object>) -> Zeroizing<Vec<u8>> {
    pretty(&Value::List(bodies.into_iter().map(Value::Object).collect()))
}

/// Returns true if a text is certificates in PEM and nothing else.
pub(super) fn is_certificate(text: &Secret) -> bool {
    (PEM_CERTIFICATES.check)(text.expose()).is_ok()
}

/// Returns true if a text is one private key in PEM.
pub(super) fn is_private_key(text: &Secret) -> bool {
    (PEM_PRIVATE_KEY.check)(text.expose()).is_ok()
}
