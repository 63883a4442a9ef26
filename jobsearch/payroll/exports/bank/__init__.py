"""The credit transfer file of a run for the employer's bank."""
