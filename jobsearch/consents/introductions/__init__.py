"""An introduction that a municipal coach writes when it is asked for by permission."""
