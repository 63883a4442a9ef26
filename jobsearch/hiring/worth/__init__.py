"""Whether a contract is worth it: what it pays and does to benefit, before it is signed."""
