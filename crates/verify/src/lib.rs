//! The independent checker of a finished admission.
