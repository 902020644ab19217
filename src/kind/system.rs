//! The systems whose documents know some of the types.

/// A system whose documents know some of the types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// Citrix Image Portability Service.
    Citrix,
    /// Aspire.
    Aspire,
    /// Microsoft Network Controller.
    NetworkController,
    /// NetApp Astra Control.
    Astra,
    /// Apinizer.
    Apinizer,
}

impl System {
    /// Every system, in the order in which they are listed.
    pub const ALL: [Self; 5] =
        [Self::Citrix, Self::Aspire, Self::NetworkController, Self::Astra, Self::Apinizer];

    /// Returns the part before the colon in a prefixed type name.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Citrix => "citrix",
            Self::Aspire => "aspire",
            Self::NetworkController => "nc",
            Self::Astra => "astra",
            Self::Apinizer => "apinizer",
        }
    }
}
