"""The tracker's totals by person and group, as the results stand on them."""
