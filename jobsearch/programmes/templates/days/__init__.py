"""Days of a template and their blocks, as pages."""
