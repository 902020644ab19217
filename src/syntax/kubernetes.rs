//! Manifests of Kubernetes, as far as export and import must agree on them.

/// The annotation that holds an id that cannot be the name of an object.
pub const ID_ANNOTATION: &str = "credctl.io/id";
