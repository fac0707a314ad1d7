"""One package per activity kind; none imports another."""
