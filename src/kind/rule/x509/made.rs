//! Certificates for tests, with parts that can be replaced by odd ones.

use crate::base64::encode;

/// A certificate to be, with parts that can be replaced by odd ones. Its signature is noise.
pub struct Made {
    pub serial: Vec<u8>,
    pub issuer: Vec<u8>,
    pub subject: Vec<u8>,
    pub validity: Vec<u8>,
    pub extensions: Vec<Vec<u8>>,
}

pub fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = u8::try_from(contents.len()).unwrap();
    let head = if length < 0x80 { vec![tag, length] } else { vec![tag, 0x81, length] };
    [head.as_slice(), contents].concat()
}

pub fn name(common: &str) -> Vec<u8> {
    let attribute = [tlv(6, &[0x55, 4, 3]), tlv(0x0C, common.as_bytes())].concat();
    tlv(0x31, &tlv(0x30, &attribute))
}

pub fn validity(from: &str, to: &str) -> Vec<u8> {
    let time = |text: &str| tlv(if text.len() == 13 { 0x17 } else { 0x18 }, text.as_bytes());
    [time(from), time(to)].concat()
}

pub fn extension(identifier: &[u8], value: &[u8]) -> Vec<u8> {
    tlv(0x30, &[tlv(6, identifier), tlv(4, value)].concat())
}

impl Made {
    pub fn new(issuer: &str, subject: &str) -> Self {
        Self {
            serial: vec![7],
            issuer: name(issuer),
            subject: name(subject),
            validity: validity("200101000000Z", "490101000000Z"),
            extensions: Vec::new(),
        }
    }

    pub fn der(&self) -> Vec<u8> {
        let algorithm = tlv(0x30, &tlv(6, &[0x2B, 0x65, 0x70]));
        let bits = tlv(3, &[0, 1, 2, 3]);
        let key = tlv(0x30, &[algorithm.clone(), bits.clone()].concat());
        let mut signed = [
            tlv(0xA0, &[2, 1, 2]),
            tlv(2, &self.serial),
            algorithm.clone(),
            tlv(0x30, &self.issuer),
            tlv(0x30, &self.validity),
            tlv(0x30, &self.subject),
            key,
        ]
        .concat();
        if !self.extensions.is_empty() {
            signed.extend(tlv(0xA3, &tlv(0x30, &self.extensions.concat())));
        }
        tlv(0x30, &[tlv(0x30, &signed), algorithm, bits].concat())
    }

    pub fn pem(&self) -> String {
        let base64 = encode(&self.der());
        format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", base64.expose())
    }
}
