//! Synthetic seasons, calibrated to published statistics.
