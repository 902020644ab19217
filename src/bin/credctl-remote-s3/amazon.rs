//! The store for `s3://`: the variables of the AWS tools, and their profiles where the variables have no keys.

use std::sync::Arc;

use credctl::remote::{EngineFailure, FailureKind};
use object_store::ObjectStore;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey, S3ConditionalPut};

use super::connection::{StorageConnector, no_retries};
use super::exchange::incomplete;
use super::profile::{AwsKeys, AwsProfile};
use super::settings::check_endpoint;

/// Variables by which AWS tells containers and pods where their credentials are.
const IN_CONTAINERS: [&str; 2] =
    ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"];

/// Makes the store for a bucket.
///
/// # Errors
///
/// If there are no credentials, or a setting cannot be used.
pub fn amazon(
    bucket: &str,
    connector: StorageConnector,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Arc<dyn ObjectStore>, EngineFailure> {
    let has_keys = variable("AWS_ACCESS_KEY_ID").is_some();
    let has_token = variable("AWS_WEB_IDENTITY_TOKEN_FILE").is_some() && variable("AWS_ROLE_ARN").is_some();
    let is_signed = variable("AWS_SKIP_SIGNATURE").is_none();
    // as for the AWS tools, a token comes before the default profile, and after one that is named
    let wants_keys = is_signed && !has_keys && (!has_token || variable("AWS_PROFILE").is_some());
    let profile = AwsProfile::read(variable, wants_keys)?;
    let mut builder = AmazonS3Builder::from_env()
        .with_bucket_name(bucket)
        .with_retry(no_retries())
        .with_conditional_put(S3ConditionalPut::ETagMatch)
        // one object is removed by a plain request, which every server knows
        .with_config(AmazonS3ConfigKey::DisableBulkDelete, "true")
        .with_http_connector(connector);
    let is_elsewhere = has_token || IN_CONTAINERS.into_iter().any(|name| variable(name).is_some());
    match profile.keys {
        Some(AwsKeys { id, secret, token }) => {
            builder = builder.with_access_key_id(id).with_secret_access_key(secret.expose());
            if let Some(token) = token {
                builder = builder.with_token(token.expose());
            }
        }
        // the only place that is left is the machine
        None if is_signed && !has_keys && !is_elsewhere && is_off(variable) => {
            let text = "there are no credentials for S3; set AWS_ACCESS_KEY_ID, or AWS_PROFILE";
            return Err(EngineFailure::new(FailureKind::Denied, text));
        }
        None => {}
    }
    if variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION")).is_none()
        && let Some(region) = profile.region
    {
        builder = builder.with_region(region);
    }
    let of_variables =
        ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"].into_iter().find_map(variable);
    if let Some(endpoint) = of_variables.or(profile.endpoint) {
        check_endpoint("S3", &endpoint)?;
        builder = builder.with_endpoint(endpoint);
    }
    Ok(Arc::new(builder.build().map_err(|_| incomplete("S3", "AWS_"))?))
}

/// Returns true if the operator says that this machine gives no credentials.
fn is_off(variable: &dyn Fn(&str) -> Option<String>) -> bool {
    variable("AWS_EC2_METADATA_DISABLED").is_some_and(|value| value.eq_ignore_ascii_case("true"))
}
