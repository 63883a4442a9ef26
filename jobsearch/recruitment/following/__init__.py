"""Whether a candidate lets her municipal coach follow how far she is."""
