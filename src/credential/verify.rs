//! The check of a claim to use a credential. The answer is yes or no, and shows no stored value.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use ipnet::IpNet;

use super::grant::Grantee;
use super::head::State;
use super::whole::Credential;
use crate::base64;
use crate::kind::Class;
use crate::kind::rule::account;
use crate::secret::Secret;
use crate::value::Value;

/// The claim of somebody who wants to use a credential. Parts that are left out are not checked.
#[derive(Debug, Default)]
pub struct Claim {
    /// The password, or whatever the type's main secret is.
    pub password: Option<Secret>,
    /// The address that the call comes from.
    pub address: Option<IpAddr>,
    /// The proxies and groups that are to use the credential; it must be granted to each.
    pub grantees: Vec<Grantee>,
    /// The project whose proxies these are.
    pub project: String,
}

/// The reasons to refuse a claim.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// A state in which the credential must not be used.
    #[error("its state is {}", .0.name())]
    State(State),
    /// A password that is not the one that is stored.
    #[error("the password does not match")]
    Password,
    /// An address that is not among those that the credential may be used from.
    #[error("it must not be used from this address")]
    Address,
    /// A proxy or group that the credential was not granted to.
    #[error("it is not granted to {} {}", .0.kind.name(), .0.name)]
    Grant(Grantee),
    /// A password hash whose user is not in the vault, or does not sign in locally.
    #[error("its user is not a local user of this vault")]
    User,
    /// A type without a secret that could be compared.
    #[error("{0} has no password to compare with")]
    NoPassword(&'static str),
}

impl Credential {
    /// Checks a claim: state, password, address, grants, in this order.
    ///
    /// # Errors
    /// The first part of the claim that does not hold.
    pub fn verify(&self, claim: &Claim, now: DateTime<Utc>) -> Result<(), Refusal> {
        // first, so that its time does not depend on what else is wrong
        let password = claim.password.as_ref().map(|password| self.is_password(password)).transpose();
        match self.head.state(now) {
            State::Ok => {}
            state => return Err(Refusal::State(state)),
        }
        if password? == Some(false) {
            return Err(Refusal::Password);
        }
        if claim.address.is_some_and(|address| !self.may_come_from(address)) {
            return Err(Refusal::Address);
        }
        let granted = |to: &Grantee| {
            self.head.envelope.granted(now).any(|grant| grant.to == *to && grant.reaches(&claim.project))
        };
        match claim.grantees.iter().find(|to| !granted(to)) {
            Some(to) => Err(Refusal::Grant(to.clone())),
            None => Ok(()),
        }
    }

    fn is_password(&self, password: &Secret) -> Result<bool, Refusal> {
        if let Some(hash) = self.head.kind.fields.iter().find(|field| field.class == Class::Computed) {
            let hash = self.fields.get(hash.name).and_then(Value::as_text);
            return Ok(hash.is_some_and(|hash| account::verify(password, hash)));
        }
        let none = || Refusal::NoPassword(self.head.kind.name);
        let path = self.head.kind.main_secret().ok_or_else(none)?;
        let stored = self.secret(&path).ok_or_else(none)?.stored();
        if self.head.kind.store().is_none() {
            return Ok(stored == *password);
        }
        // compared as base64, which both are then: no bytes that are not text get in between
        Ok(stored == base64::encode(password.expose().as_bytes()))
    }

    /// Returns true if the credential may be used from an address. An empty list of addresses restricts
    /// nothing.
    fn may_come_from(&self, address: IpAddr) -> bool {
        // an IPv4 address may come in the clothes of IPv6
        let address = address.to_canonical();
        let lists = self.head.kind.fields.iter().filter(|field| field.name == "ipList");
        let allowed = lists.filter_map(|field| self.fields.get(field.name)?.as_list()).flatten();
        let mut restricted = false;
        for range in allowed.filter_map(Value::as_text) {
            restricted = true;
            let range = range.expose();
            let contains = range.parse::<IpNet>().map(|net| net.contains(&address));
            if contains.or_else(|_| range.parse::<IpAddr>().map(|one| one == address)).unwrap_or(false) {
                return true;
            }
        }
        !restricted
    }
}
