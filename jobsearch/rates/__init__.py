"""Every dated figure of the law and of the insurers, with its source."""
