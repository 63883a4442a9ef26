"""What is said of an action beside its kind and its day."""
