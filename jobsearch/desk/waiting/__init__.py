"""The days between the signature and the first day, as a participant sees them."""
