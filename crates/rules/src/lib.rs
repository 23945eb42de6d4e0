//! Swedish upper-secondary admission rules as versioned data.
