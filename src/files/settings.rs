//! Settings of the file store and the scanner.
use super::{FileError, Files, Scanner};
use crate::settings::{Reader, Secret, Setting};
use object_store::aws::AmazonS3Builder;
use object_store::path::Path;
use std::path::PathBuf;

const OBJECT_STORE_URL: Setting = Setting {
    name: "OBJECT_STORE_URL",
    default: None,
    form: "`s3://bucket/prefix`",
    help: "Where papers that people send are kept, sealed. Unset: the folder `papers` in DATA_DIR; several machines need a bucket.",
    secret: false,
};
const OBJECT_STORE_ENDPOINT: Setting = Setting {
    name: "OBJECT_STORE_ENDPOINT",
    default: None,
    form: "a URL",
    help: "Another server that speaks S3 than Amazon's.",
    secret: false,
};
const OBJECT_STORE_REGION: Setting = Setting {
    name: "OBJECT_STORE_REGION",
    default: Some("us-east-1"),
    form: "a region's name",
    help: "The bucket's region.",
    secret: false,
};
const OBJECT_STORE_KEY_ID: Setting =
    Setting { name: "OBJECT_STORE_KEY_ID", default: None, form: "a key's id", help: "Opens the bucket.", secret: true };
const OBJECT_STORE_SECRET: Setting = Setting {
    name: "OBJECT_STORE_SECRET",
    default: None,
    form: "the key's secret",
    help: "Opens the bucket.",
    secret: true,
};
const CLAMAV_ADDRESS: Setting = Setting {
    name: "CLAMAV_ADDRESS",
    default: None,
    form: "`host:port`, or the path of a socket",
    help: "Where ClamAV's clamd listens. Unset: papers are checked for their form, and not for viruses.",
    secret: false,
};

/// Settings of files.
#[must_use]
pub fn settings() -> Vec<Setting> {
    vec![
        OBJECT_STORE_URL,
        OBJECT_STORE_ENDPOINT,
        OBJECT_STORE_REGION,
        OBJECT_STORE_KEY_ID,
        OBJECT_STORE_SECRET,
        CLAMAV_ADDRESS,
    ]
}

/// Where files are kept, and who scans them.
#[derive(Debug, Clone)]
pub struct Config {
    bucket: Option<(String, String)>,
    endpoint: Option<String>,
    region: String,
    key: Option<(Secret, Secret)>,
    /// The scanner. None where there is none.
    pub scanner: Option<Scanner>,
}

impl Config {
    /// Reads them. Problems are collected in the reader.
    pub fn read(reader: &mut Reader) -> Self {
        let bucket = reader.parse_with(&OBJECT_STORE_URL, |text| {
            let (bucket, prefix) =
                text.strip_prefix("s3://")?.split_once('/').unwrap_or((text.strip_prefix("s3://")?, ""));
            (!bucket.is_empty()).then(|| (bucket.to_owned(), prefix.to_owned()))
        });
        let key = reader.secret(&OBJECT_STORE_KEY_ID).zip(reader.secret(&OBJECT_STORE_SECRET));
        if bucket.is_some() && key.is_none() {
            reader.problem(OBJECT_STORE_KEY_ID.name, "`OBJECT_STORE_KEY_ID` and `OBJECT_STORE_SECRET` beside a bucket");
        }
        Self {
            bucket,
            endpoint: reader.text(&OBJECT_STORE_ENDPOINT),
            region: reader.text(&OBJECT_STORE_REGION).unwrap_or_default(),
            key,
            scanner: reader.parse_with(&CLAMAV_ADDRESS, Scanner::parse),
        }
    }

    /// Opens the store: the bucket, else the folder.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub fn open(&self, folder: PathBuf) -> Result<Files, FileError> {
        let (Some((bucket, prefix)), Some((id, secret))) = (&self.bucket, &self.key) else {
            return Files::folder(folder);
        };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(bucket)
            .with_region(&self.region)
            .with_access_key_id(id.expose())
            .with_secret_access_key(secret.expose());
        if let Some(endpoint) = &self.endpoint {
            builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        Ok(Files::bucket(builder.build()?, Path::from(prefix.as_str())))
    }
}
