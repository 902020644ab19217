//! From an address to its object: the store for its provider, with the settings of the environment.

use std::path::Path;
use std::sync::Arc;

use credctl::disk::read_named;
use credctl::remote::{EngineFailure, FailureKind, RemoteObject};
use object_store::ObjectStore;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;

use super::address::{ObjectAddress, StorageProvider};
use super::amazon::amazon;
use super::bucket_object::BucketObject;
use super::connection::{StorageConnector, no_retries};
use super::exchange::{ExchangeLog, incomplete};
use super::settings::check_endpoint;

/// The most bytes of a file of certificates.
const LIMIT: u64 = 4 * 1024 * 1024;

/// Opens the object at an address. `variable` reads the environment.
///
/// # Errors
///
/// If the address is wrong, or a setting is missing or wrong.
pub fn open(
    address: &str,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Box<dyn RemoteObject>, EngineFailure> {
    let ObjectAddress { provider, bucket, key } = ObjectAddress::parse(address)?;
    if let (StorageProvider::Google, Some(endpoint)) = (provider, variable("GOOGLE_BASE_URL")) {
        check_endpoint("Google Cloud Storage", &endpoint)?;
    }
    let log = ExchangeLog::default();
    let connector = StorageConnector::new(log.clone(), certificates(variable)?.as_deref())?;
    let store: Arc<dyn ObjectStore> = match provider {
        StorageProvider::S3 => amazon(&bucket, connector, variable)?,
        StorageProvider::Google => Arc::new(
            GoogleCloudStorageBuilder::from_env()
                .with_bucket_name(bucket)
                .with_retry(no_retries())
                .with_http_connector(connector)
                .build()
                .map_err(|_| incomplete("Google Cloud Storage", "GOOGLE_"))?,
        ),
        StorageProvider::Azure => Arc::new(
            MicrosoftAzureBuilder::from_env()
                .with_container_name(bucket)
                .with_retry(no_retries())
                .with_http_connector(connector)
                .build()
                .map_err(|_| incomplete("Azure Blob Storage", "AZURE_"))?,
        ),
    };
    Ok(Box::new(BucketObject::new(store, log, provider, key)?))
}

/// Reads the certificates that the operator trusts in the place of those of the system.
fn certificates(variable: &dyn Fn(&str) -> Option<String>) -> Result<Option<Vec<u8>>, EngineFailure> {
    let Some(path) = variable("AWS_CA_BUNDLE") else { return Ok(None) };
    let unreadable = |_| {
        let text = format!("the certificates in `{path}` (AWS_CA_BUNDLE) cannot be read");
        EngineFailure::new(FailureKind::Refused, &text)
    };
    Ok(Some(read_named(Path::new(&path), LIMIT).map_err(unreadable)?.to_vec()))
}

#[cfg(test)]
mod tests {
    use credctl::remote::{EngineFailure, FailureKind};

    use super::open;

    fn failure(address: &str, variables: &[(&str, &str)]) -> EngineFailure {
        let variable = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        open(address, &variable).err().unwrap()
    }

    #[test]
    fn missing_credentials_are_told_without_a_connection() {
        let failure = failure("s3://team/vault.age", &[("AWS_EC2_METADATA_DISABLED", "true")]);
        assert_eq!(failure.kind, FailureKind::Denied);
        assert!(failure.text.contains("AWS_ACCESS_KEY_ID"), "{}", failure.text);
    }

    #[test]
    fn an_endpoint_with_a_password_is_refused_and_not_repeated() {
        let variables =
            [("AWS_ACCESS_KEY_ID", "AKIA0"), ("AWS_ENDPOINT_URL", "http://user:canary@127.0.0.1:9")];
        let failure = failure("s3://team/vault.age", &variables);
        assert_eq!(failure.kind, FailureKind::Refused);
        assert!(!failure.text.contains("canary"), "{}", failure.text);
    }

    #[test]
    fn a_wrong_bundle_of_certificates_is_told() {
        let failure = failure("s3://team/vault.age", &[("AWS_CA_BUNDLE", "/nowhere/ca.pem")]);
        assert!(failure.text.contains("/nowhere/ca.pem"), "{}", failure.text);
    }
}
