"""A person's documents of job search: CV, letter and profile, with versions and comments."""
