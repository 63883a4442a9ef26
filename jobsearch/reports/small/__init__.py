"""Small numbers: what may not be read, nor worked out, in anything that leaves the organisation."""
