//! The merge of whole vaults in memory.
