"""Who signs in, as what, and how."""
